package io.switchboard.access;

import io.switchboard.installation.SettingException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * A provider of identities (OpenID Connect) whose word about e-mail addresses the operator takes. All three, or none.
 *
 * @param issuer its address; below it stands {@code /.well-known/openid-configuration}
 */
@ConfigurationProperties("switchboard.oidc")
public record SingleSignOnSettings(
        @Nullable URI issuer,
        @Nullable String clientId,
        @Nullable String clientSecret) {

    public SingleSignOnSettings {
        issuer = issuer == null || issuer.toString().isBlank() ? null : issuer;
        clientId = clientId == null || clientId.isBlank() ? null : clientId.strip();
        clientSecret = clientSecret == null || clientSecret.isBlank() ? null : clientSecret.strip();
        if (issuer != null || clientId != null || clientSecret != null) {
            require("SWITCHBOARD_OIDC_ISSUER", issuer);
            require("SWITCHBOARD_OIDC_CLIENT_ID", clientId);
            require("SWITCHBOARD_OIDC_CLIENT_SECRET", clientSecret);
        }
        if (issuer != null
                && (issuer.getHost() == null
                        || !String.valueOf(issuer.getScheme()).matches("https?"))) {
            throw new SettingException(
                    "SWITCHBOARD_OIDC_ISSUER", "is not an http(s) address such as https://id.example.org: " + issuer);
        }
    }

    private static void require(String name, @Nullable Object value) {
        if (value == null) {
            throw new SettingException(
                    name, "is missing; SWITCHBOARD_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET are needed together");
        }
    }

    @Override
    public String toString() {
        return "SingleSignOnSettings[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
