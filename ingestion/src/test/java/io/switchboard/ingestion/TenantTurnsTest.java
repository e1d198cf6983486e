package io.switchboard.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenantTurnsTest {

    private final AtomicLong now = new AtomicLong();
    private final TenantId busy = TenantId.next();
    private final TenantId quiet = TenantId.next();

    @Test
    void lets_a_tenant_with_one_site_wait_for_one_step_beside_one_with_fifty() {
        TenantTurns turns = new TenantTurns(2, 100, now::get);
        Map<TenantId, Integer> steps = new HashMap<>();
        Random random = new Random(3);
        int waited = 0;

        for (int round = 0; round < 200; round++) {
            now.incrementAndGet();
            List<TenantId> asking = new ArrayList<>(Collections.nCopies(50, busy));
            asking.add(quiet);
            Collections.shuffle(asking, random);
            int places = 0;
            boolean had = false;
            for (TenantId tenant : asking) {
                if (turns.take(tenant)) {
                    steps.merge(tenant, 1, Integer::sum);
                    places++;
                    had |= tenant.equals(quiet);
                }
            }
            waited = had ? 0 : waited + 1;
            assertThat(waited).as("rounds that the tenant with one site waits").isLessThanOrEqualTo(1);
            assertThat(places).isLessThanOrEqualTo(2);
            for (int i = 0; i < places; i++) {
                turns.giveBack();
            }
        }

        assertThat(steps.getOrDefault(quiet, 0)).as("of 200 rounds").isGreaterThanOrEqualTo(100);
        assertThat(steps.getOrDefault(quiet, 0) + steps.getOrDefault(busy, 0))
                .as("places that were used")
                .isGreaterThanOrEqualTo(390);
    }

    @Test
    void does_not_keep_a_place_for_somebody_who_does_not_come_back() {
        TenantTurns turns = new TenantTurns(1, 10, now::get);
        assertThat(turns.take(busy)).isTrue();
        assertThat(turns.take(quiet)).isFalse();
        turns.giveBack();

        assertThat(turns.take(busy)).as("while the other waits").isFalse();
        now.set(11);
        assertThat(turns.take(busy)).isTrue();
    }

    @Test
    void lets_a_tenant_have_all_places_while_nobody_else_asks() {
        TenantTurns turns = new TenantTurns(2, 10, now::get);

        assertThat(turns.take(busy)).isTrue();
        assertThat(turns.take(busy)).isTrue();
        assertThat(turns.take(busy)).isFalse();
    }
}
