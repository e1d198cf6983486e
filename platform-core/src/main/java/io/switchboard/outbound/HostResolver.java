package io.switchboard.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Asks the name service. */
@FunctionalInterface
interface HostResolver {

    /** @param host a name, or an address without brackets */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
