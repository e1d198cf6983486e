package io.switchboard.outbound;

import java.io.Serial;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * What the connections are made with: resolves, checks every address, and the one that passes is the one connected to. There is no second
 * look-up, so an answer that changes meanwhile changes nothing.
 */
record CheckedResolver(HostResolver resolver, AddressPolicy policy) implements DnsResolver {

    /** One of the host's addresses may not be connected to. Which, is not told: it would describe our network. */
    static final class NotAllowed extends UnknownHostException {

        @Serial
        private static final long serialVersionUID = 1L;

        NotAllowed(String host) {
            super(host);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            if (!policy.allows(address)) {
                throw new NotAllowed(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
