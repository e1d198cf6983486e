package io.switchboard.ingestion.crawling;

import crawlercommons.filters.basic.BasicURLNormalizer;
import io.switchboard.outbound.WebAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Brings addresses of pages into the one form by which a page is known, and says which may hold text of a site. */
final class PageAddresses {

    /** Say who is reading or where they come from, and nothing about the page. */
    private static final Set<String> OF_THE_VISITOR = Set.of(
            "phpsessid",
            "jsessionid",
            "aspsessionid",
            "sessionid",
            "session_id",
            "sid",
            "utm_source",
            "utm_medium",
            "utm_campaign",
            "utm_term",
            "utm_content",
            "gclid",
            "fbclid",
            "msclkid",
            "mc_cid",
            "mc_eid");

    private static final Pattern SESSION_IN_PATH =
            Pattern.compile(";(?:jsessionid|phpsessid|sid)=[^/?;]*", Pattern.CASE_INSENSITIVE);

    private static final Pattern NO_TEXT = Pattern.compile(
            ".*\\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|css|js|mjs|json|map|woff2?|ttf|eot|mp[34]|m4[av]|ogg|wav|webm|avi"
                    + "|mov|zip|gz|tgz|rar|7z|exe|dmg|iso|apk|jar|bin|rss|atom|ics)");

    private static final BasicURLNormalizer NORMALIZER =
            BasicURLNormalizer.newBuilder().build();

    private PageAddresses() {}

    /** Without fragment, session, the visitor's origin and needless dots and defaults; empty if it is no web address. */
    static Optional<WebAddress> canonical(WebAddress base, String link) {
        int fragment = link.indexOf('#');
        String bare = (fragment < 0 ? link : link.substring(0, fragment)).strip();
        return base.resolve(bare.isEmpty() || bare.startsWith("?") ? samePath(base, bare) : bare)
                        instanceof WebAddress.Parsing.Good(var address)
                ? canonical(address)
                : Optional.empty();
    }

    /** Java's own resolution would lose the last part of the path here, as an older standard had it. */
    private static String samePath(WebAddress base, String query) {
        int mark = base.target().indexOf('?');
        String path = mark < 0 ? base.target() : base.target().substring(0, mark);
        return query.isEmpty() ? base.target() : path + query;
    }

    static Optional<WebAddress> canonical(WebAddress address) {
        String normal = NORMALIZER.filter(withoutVisitor(address));
        return normal != null && WebAddress.parse(normal) instanceof WebAddress.Parsing.Good(var canonical)
                ? Optional.of(canonical)
                : Optional.empty();
    }

    private static String withoutVisitor(WebAddress address) {
        String whole = address.toString();
        int mark = whole.indexOf('?');
        String path = SESSION_IN_PATH
                .matcher(mark < 0 ? whole : whole.substring(0, mark))
                .replaceAll("");
        if (mark < 0) {
            return path;
        }
        StringBuilder query = new StringBuilder();
        for (String parameter : whole.substring(mark + 1).split("&", -1)) {
            String name = parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
            if (!parameter.isEmpty() && !OF_THE_VISITOR.contains(name)) {
                query.append(query.isEmpty() ? '?' : '&').append(parameter);
            }
        }
        return path + query;
    }

    /** Whether two addresses are of one site: the same host, with or without {@code www.}, http or https. */
    static boolean sameSite(WebAddress one, WebAddress other) {
        return bareHost(one).equals(bareHost(other))
                && (one.port() == other.port() || (isUsual(one) && isUsual(other)));
    }

    private static String bareHost(WebAddress address) {
        return address.host().startsWith("www.") ? address.host().substring(4) : address.host();
    }

    private static boolean isUsual(WebAddress address) {
        return address.port() == (address.scheme().equals("https") ? 443 : 80);
    }

    /** Whether the address ends like something that can hold text. */
    static boolean mayHoldText(WebAddress address) {
        String target = address.target().toLowerCase(Locale.ROOT);
        int mark = target.indexOf('?');
        return !NO_TEXT.matcher(mark < 0 ? target : target.substring(0, mark)).matches();
    }

    /** Scheme, host and port: what has one robots.txt. */
    static String origin(WebAddress address) {
        return address.scheme() + "://" + address.host() + ":" + address.port();
    }
}
