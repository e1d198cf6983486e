package io.switchboard.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checklist: ASVS 1.3.6, SSRF: which addresses tenants may send us to. */
class AddressPolicyTest {

    private static final AddressPolicy PUBLIC = new AddressPolicy.PublicOnly();
    private static final AddressPolicy PRIVATE = new AddressPolicy.PrivateToo();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "::1",
                "fc00::1",
                "fd12:3456::1"
            })
    void closes_private_networks_unless_the_operator_opens_them(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isFalse();
        assertThat(PRIVATE.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "2001:db8::1",
                "3fff::1",
                "2001::1",
                "2002:7f00:1::",
                "fec0::1",
                "64:ff9b::7f00:1",
                "64:ff9b::808:808",
                "64:ff9b:1::1",
                "::127.0.0.1",
                "::7f00:1",
                "100::1"
            })
    void closes_what_no_service_of_anybody_listens_on(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isFalse();
        assertThat(PRIVATE.allows(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "93.184.216.34",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void opens_public_addresses(String address) {
        assertThat(PUBLIC.allows(InetAddress.ofLiteral(address))).isTrue();
        assertThat(PRIVATE.allows(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a9fea9fe", "7f000001", "0a000001"})
    void sees_through_ipv4_that_is_mapped_into_ipv6(String ipv4) throws UnknownHostException {
        InetAddress mapped = InetAddress.getByAddress(HexFormat.of().parseHex("0".repeat(20) + "ffff" + ipv4));
        InetAddress typed = InetAddress.ofLiteral("::ffff:" + ipv4.substring(0, 4) + ":" + ipv4.substring(4));

        assertThat(PUBLIC.allows(mapped)).isFalse();
        assertThat(PUBLIC.allows(typed)).isFalse();
    }

    @Test
    void opens_the_ports_of_web_sites_only() {
        assertThat(PUBLIC.allowsPort(443)).isTrue();
        assertThat(PUBLIC.allowsPort(80)).isTrue();
        assertThat(PUBLIC.allowsPort(22)).isFalse();
        assertThat(PUBLIC.allowsPort(5432)).isFalse();
        assertThat(PRIVATE.allowsPort(11434)).isTrue();
    }
}
