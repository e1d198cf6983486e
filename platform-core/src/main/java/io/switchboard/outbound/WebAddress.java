package io.switchboard.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An http(s) address as a tenant typed it. It is taken apart once, here, and everybody after works with the parts: two parsers that
 * disagree about where the host ends are how such checks are passed by.
 *
 * @param host lower case; a name in its ASCII form, an IPv4 address in its usual notation, or an IPv6 address in brackets
 * @param port 1 to 65535, the scheme's if none was typed
 * @param target path and query as they are sent, beginning with a slash
 */
public record WebAddress(String scheme, String host, int port, String target) {

    public static final int MAX_LENGTH = 2000;

    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.?");
    private static final Pattern IPV4 = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]+]");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final int MAX_HOST = 253;

    /** Outcome of {@link #parse}. */
    public sealed interface Parsing {

        record Good(WebAddress address) implements Parsing {}

        /** @param reason for people, continues "The address …" */
        record Bad(String reason) implements Parsing {}
    }

    /** Reads what somebody typed; a fragment (#…) is left out, as browsers do. */
    public static Parsing parse(String typed) {
        String text = typed.strip();
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return new Parsing.Bad("must have 1 to " + MAX_LENGTH + " characters");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            return new Parsing.Bad("is not a web address such as https://www.example.org/page");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Parsing.Bad("must begin with https:// or http://");
        }
        if (uri.getRawUserInfo() != null
                || String.valueOf(uri.getRawAuthority()).contains("@")) {
            return new Parsing.Bad("must not contain a user name or password");
        }
        if (uri.getHost() == null) {
            return new Parsing.Bad("names no host that can be read; write an international name in its xn-- form");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (!isHost(host)) {
            return new Parsing.Bad("names its host in an unusual way; write a name, or an address such as 192.0.2.1");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        if (port < 1 || port > 65_535) {
            return new Parsing.Bad("has a port that does not exist");
        }
        return new Parsing.Good(new WebAddress(scheme, host, port, target(uri)));
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            return IPV6.matcher(host).matches();
        }
        String bare = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = bare.substring(bare.lastIndexOf('.') + 1);
        if (NUMBER.matcher(last).matches()) {
            return IPV4.matcher(host).matches();
        }
        return host.length() <= MAX_HOST && NAME.matcher(host).matches();
    }

    private static String target(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        return URI.create("http://host" + target).toASCIIString().substring("http://host".length());
    }

    /** Where a link or redirect leads, seen from here. */
    public Parsing resolve(String location) {
        try {
            return parse(uri().resolve(new URI(location.strip())).toString());
        } catch (URISyntaxException | IllegalArgumentException _) {
            return new Parsing.Bad("leads on to something that is no web address");
        }
    }

    public URI uri() {
        return URI.create(toString());
    }

    /** The host as it is resolved: without the brackets of an IPv6 address. */
    String hostName() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (usual ? "" : ":" + port) + target;
    }
}
