package io.switchboard.whatsapp.waha;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Addresses inside a tenant's WAHA. */
final class WahaAddress {

    private WahaAddress() {}

    static String base(String typed) {
        return typed.strip().replaceAll("/+$", "");
    }

    /**
     * Where a file of WAHA's lies, as we reach it. WAHA names the host that it knows itself by, which may be one of its own network or,
     * in a forged event, anybody's; only the path counts.
     *
     * @return null if there is no such path
     */
    static @Nullable String inside(String baseUrl, @Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            URI named = new URI(url.strip()).normalize();
            String path = named.getRawPath();
            if (path == null || !path.startsWith("/") || path.contains("/..")) {
                return null;
            }
            String base = base(baseUrl);
            String prefix = URI.create(base).getRawPath();
            String rest = prefix != null && !prefix.isEmpty() && path.startsWith(prefix + "/")
                    ? path.substring(prefix.length())
                    : path;
            return base + rest + (named.getRawQuery() == null ? "" : "?" + named.getRawQuery());
        } catch (URISyntaxException | IllegalArgumentException _) {
            return null;
        }
    }
}
