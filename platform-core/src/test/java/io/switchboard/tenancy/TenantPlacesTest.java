package io.switchboard.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.switchboard.kernel.TenantId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantPlacesTest {

    private final TenantId loud = TenantId.next();
    private final TenantId quiet = TenantId.next();
    private final TenantPlaces places = new TenantPlaces(3, 2);

    @Test
    void leave_one_for_others_whatever_a_tenant_wants() {
        assertThat(places.enter(loud)).isTrue();
        assertThat(places.enter(loud)).isTrue();
        assertThat(places.enter(loud)).isFalse();
        assertThat(places.enter(quiet)).isTrue();
        assertThat(places.enter(quiet)).as("more than there are").isFalse();
        assertThat(places.taken()).isEqualTo(Map.of(loud, 2, quiet, 1));
    }

    @Test
    void are_there_again_when_they_were_left() {
        places.enter(loud);
        places.enter(loud);

        assertThat(places.leave(loud)).as("had all that it may have").isTrue();
        assertThat(places.leave(loud)).isFalse();

        assertThat(places.taken()).isEmpty();
        assertThat(places.enter(loud)).isTrue();
    }

    @Test
    void cannot_be_left_by_a_tenant_that_has_none() {
        places.enter(loud);

        assertThatIllegalStateException().isThrownBy(() -> places.leave(quiet));
        assertThat(places.taken()).isEqualTo(Map.of(loud, 1));
    }

    @Test
    void are_at_least_one() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantPlaces(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantPlaces(1, 0));
    }
}
