package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@EngineTest
class ConversationQueueTest {

    @Autowired
    Desk desk;

    @Autowired
    ConversationQueue queue;

    private final List<Desk.Line> lines = new ArrayList<>();

    @AfterEach
    void leaveNothingDue() {
        lines.forEach(line -> desk.change(line, "update conversation set run_at = null where tenant_id = ?"));
    }

    @Test
    void answers_one_tenants_message_beside_anothers_backlog() {
        Desk.Line busy = open();
        for (int i = 0; i < 80; i++) {
            desk.write(busy, "customer-" + i, "Hello");
        }
        Desk.Line other = open();
        ConversationId late = desk.write(other, "alice", "Hello");

        List<Claim> claims = queue.claim(60, Desk.LEASE, List.of());

        assertThat(claims).extracting(Claim::conversation).contains(late);
        assertThat(claims).hasSizeLessThanOrEqualTo(60);
        assertThat(claims)
                .filteredOn(claim -> claim.tenant().equals(busy.tenant()))
                .isNotEmpty();
    }

    @Test
    void takes_the_longest_due_of_a_tenant_first() {
        Desk.Line line = open();
        for (int i = 0; i < 30; i++) {
            desk.write(line, "customer-" + i, "Hello");
        }
        ConversationId oldest = desk.write(line, "patient", "Hello");
        makeOldest(line, oldest);

        List<Claim> claims = new ArrayList<>();
        while (claims.isEmpty()) {
            claims.addAll(queue.claim(1, Desk.LEASE, others(line)));
        }

        assertThat(claims).extracting(Claim::conversation).containsExactly(oldest);
    }

    @Test
    void leaves_out_tenants_that_have_their_share() {
        Desk.Line busy = open();
        desk.write(busy, "alice", "Hello");
        Desk.Line other = open();
        ConversationId expected = desk.write(other, "bob", "Hello");

        List<Claim> claims = queue.claim(1000, Desk.LEASE, List.of(busy.tenant()));

        assertThat(claims).extracting(Claim::conversation).contains(expected);
        assertThat(claims).extracting(Claim::tenant).doesNotContain(busy.tenant());
    }

    @Test
    void gives_each_conversation_to_one_of_many_replicas() throws Exception {
        Desk.Line line = open();
        for (int i = 0; i < 60; i++) {
            desk.write(line, "customer-" + i, "Hello");
        }
        List<Future<List<Claim>>> replicas = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                replicas.add(threads.submit(() -> claimAll(line)));
            }
        }

        List<ConversationId> claimed = new ArrayList<>();
        for (Future<List<Claim>> replica : replicas) {
            replica.get().forEach(claim -> claimed.add(claim.conversation()));
        }
        assertThat(claimed).hasSize(60).doesNotHaveDuplicates();
    }

    private List<Claim> claimAll(Desk.Line line) {
        List<Claim> ours = new ArrayList<>();
        while (desk.count(line, "select count(*) from conversation where tenant_id = ? and lease_until is null") > 0) {
            queue.claim(7, Desk.LEASE, List.of()).stream()
                    .filter(claim -> claim.tenant().equals(line.tenant()))
                    .forEach(ours::add);
        }
        return ours;
    }

    /** Tenants of other tests that still have something due. */
    private Set<TenantId> others(Desk.Line line) {
        Set<TenantId> tenants = new HashSet<>();
        queue.claim(1000, Desk.LEASE, List.of(line.tenant())).forEach(claim -> tenants.add(claim.tenant()));
        return tenants;
    }

    private void makeOldest(Desk.Line line, ConversationId conversation) {
        desk.change(
                line,
                "update conversation set run_at = now() - interval '1 minute' where tenant_id = ? and id = '"
                        + conversation + "'");
    }

    private Desk.Line open() {
        Desk.Line line = desk.open();
        lines.add(line);
        return line;
    }
}
