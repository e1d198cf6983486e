package io.switchboard.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Finds out who is at the other end, believing nobody but the proxies that the operator trusts. */
final class ClientAddresses {

    private static final int NETWORK_BYTES = 8;

    private final List<IpAddressMatcher> trusted;

    ClientAddresses(List<IpAddressMatcher> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * The nearest address that is no trusted proxy's. What stands further left anybody may have written.
     *
     * @param forwardedFor values of {@code X-Forwarded-For}, as they came
     */
    String exactly(String peer, List<String> forwardedFor) {
        List<String> hops = forwardedFor.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
        String address = peer;
        for (String hop : hops.reversed()) {
            if (!isTrusted(address) || !isAddress(hop)) {
                break;
            }
            address = hop;
        }
        return address;
    }

    /** As {@link #exactly}, for counting: whoever has one address of an IPv6 network has them all. */
    String of(String peer, List<String> forwardedFor) {
        return holder(exactly(peer, forwardedFor));
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(network -> network.matches(address));
    }

    private static boolean isAddress(String text) {
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Of IPv6 everybody has a network with 64 bits of addresses; that network counts as one. */
    private static String holder(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
