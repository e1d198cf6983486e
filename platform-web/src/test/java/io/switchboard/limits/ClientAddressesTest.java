package io.switchboard.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressesTest {

    private static final String PROXY = "10.0.0.5";
    private static final String CLIENT = "203.0.113.7";

    private final ClientAddresses believingNobody = addresses(List.of());
    private final ClientAddresses behindProxies = addresses(List.of("10.0.0.0/8", "::1"));

    @Test
    void believes_nobody_by_default() {
        assertThat(believingNobody.of("127.0.0.1", List.of(CLIENT))).isEqualTo("127.0.0.1");
        assertThat(believingNobody.of(PROXY, List.of(CLIENT))).isEqualTo(PROXY);
    }

    @Test
    void believes_a_proxy_it_trusts() {
        assertThat(behindProxies.of(PROXY, List.of(CLIENT))).isEqualTo(CLIENT);
        assertThat(behindProxies.of(PROXY, List.of())).isEqualTo(PROXY);
        assertThat(behindProxies.of("192.168.1.7", List.of(CLIENT))).isEqualTo("192.168.1.7");
    }

    @Test
    void takes_the_nearest_address_that_is_no_proxys() {
        assertThat(behindProxies.of(PROXY, List.of("198.51.100.1, " + CLIENT + ", 10.0.0.9")))
                .isEqualTo(CLIENT);
        assertThat(behindProxies.of(PROXY, List.of("198.51.100.1", CLIENT))).isEqualTo(CLIENT);
    }

    @Test
    void stops_at_what_is_no_address() {
        assertThat(behindProxies.of(PROXY, List.of(CLIENT + ", unknown"))).isEqualTo(PROXY);
        assertThat(behindProxies.of(PROXY, List.of(""))).isEqualTo(PROXY);
    }

    @Test
    void counts_a_network_of_ipv6_as_one() {
        String one = behindProxies.of("2001:db8:1:2::1", List.of());

        assertThat(behindProxies.of("2001:db8:1:2:ffff::9", List.of())).isEqualTo(one);
        assertThat(behindProxies.of("2001:db8:1:3::1", List.of())).isNotEqualTo(one);
    }

    private static ClientAddresses addresses(List<String> trusted) {
        return new ClientAddresses(new LimitSettings(1, 1, 1, 1, trusted).proxyMatchers());
    }
}
