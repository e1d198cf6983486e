package io.switchboard.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which addresses a tenant may make us connect to. Public ones are what is left after the IANA registries of special-purpose addresses
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry); of IPv6 only 2000::/3 is in public use, so
 * forms that hide an IPv4 address (mapped, compatible, NAT64) are outside of it.
 */
interface AddressPolicy {

    boolean allows(InetAddress address);

    boolean allowsPort(int port);

    /** Only what anybody on the Internet could reach too. */
    record PublicOnly() implements AddressPolicy {

        private static final Set<Integer> PORTS = Set.of(80, 443, 8080, 8443);

        @Override
        public boolean allows(InetAddress address) {
            return Networks.isPublic(address);
        }

        @Override
        public boolean allowsPort(int port) {
            return PORTS.contains(port);
        }
    }

    /** The operator's own networks as well; what no service of theirs listens on, such as a cloud's metadata, stays closed. */
    record PrivateToo() implements AddressPolicy {

        @Override
        public boolean allows(InetAddress address) {
            return Networks.isPublic(address) || Networks.isPrivate(address);
        }

        @Override
        public boolean allowsPort(int port) {
            return true;
        }
    }

    /** Address blocks. */
    final class Networks {

        private static final List<Block> SPECIAL = blocks(
                "0.0.0.0/8",
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "169.254.0.0/16",
                "172.16.0.0/12",
                "192.0.0.0/24",
                "192.0.2.0/24",
                "192.88.99.0/24",
                "192.168.0.0/16",
                "198.18.0.0/15",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "224.0.0.0/3",
                "2001::/23",
                "2001:db8::/32",
                "2002::/16",
                "3fff::/20");

        private static final Block PUBLIC_IPV6 = Block.parse("2000::/3");

        private static final List<Block> PRIVATE = blocks(
                "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "::1/128");

        /** Where clouds keep what nobody else may read, outside the link-local block: AWS over IPv6, Alibaba, Azure. */
        private static final List<Block> METADATA =
                blocks("fd00:ec2::254/128", "100.100.100.200/32", "168.63.129.16/32");

        private Networks() {}

        private static List<Block> blocks(String... blocks) {
            return Stream.of(blocks).map(Block::parse).toList();
        }

        static boolean isPublic(InetAddress address) {
            boolean usable = address instanceof Inet4Address || PUBLIC_IPV6.contains(address);
            return usable && !isIn(SPECIAL, address) && !isIn(METADATA, address);
        }

        static boolean isPrivate(InetAddress address) {
            return isIn(PRIVATE, address) && !isIn(METADATA, address);
        }

        private static boolean isIn(List<Block> blocks, InetAddress address) {
            return blocks.stream().anyMatch(block -> block.contains(address));
        }
    }

    /** A block of addresses. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record Block(byte[] network, int bits) {

        static Block parse(String text) {
            int slash = text.indexOf('/');
            byte[] network = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
            return new Block(network, Integer.parseInt(text.substring(slash + 1)));
        }

        boolean contains(InetAddress address) {
            byte[] other = address.getAddress();
            if (other.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (network[i] != other[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            return rest == 0 || ((network[whole] ^ other[whole]) & 0xFF & (0xFF << (8 - rest))) == 0;
        }
    }
}
