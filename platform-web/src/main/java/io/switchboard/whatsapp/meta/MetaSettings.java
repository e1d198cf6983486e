package io.switchboard.whatsapp.meta;

import io.switchboard.installation.SettingException;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Meta's Graph API is.
 *
 * @param baseUrl address without the version; set by the operator only, for proxies and tests
 * @param version of the Graph API, see <a href="https://developers.facebook.com/docs/graph-api/changelog/versions">its end dates</a>
 */
@ConfigurationProperties("switchboard.meta")
record MetaSettings(
        @DefaultValue("https://graph.facebook.com") String baseUrl,
        @DefaultValue("v26.0") String version) {

    MetaSettings {
        baseUrl = baseUrl.strip().replaceAll("/+$", "");
        if (!isAddress(baseUrl)) {
            throw new SettingException(
                    "SWITCHBOARD_META_BASE_URL",
                    "is not an http(s) address without query, such as https://graph.facebook.com: " + baseUrl);
        }
        if (!version.matches("v[0-9]{1,3}\\.[0-9]")) {
            throw new SettingException(
                    "SWITCHBOARD_META_VERSION", "is not a Graph API version such as v26.0: " + version);
        }
    }

    URI messages(String phoneNumberId) {
        return URI.create(baseUrl + "/" + version + "/" + phoneNumberId + "/messages");
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null
                    && String.valueOf(uri.getScheme()).matches("https?")
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
