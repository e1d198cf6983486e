package io.switchboard.security;

import io.switchboard.installation.InstallationSettings;
import java.net.URI;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Where people come by https, the session's cookie never travels without it, and carries the prefix by which browsers refuse one that
 * another host or an unencrypted page has set (RFC 6265bis, section 4.1.3.2).
 */
@Configuration(proxyBeanMethods = false)
class SessionCookie {

    static final String HOST_NAME = "__Host-switchboard";

    @Bean
    ServletContextInitializer sessionCookieForHttps(InstallationSettings installation) {
        URI address = installation.publicUrl();
        boolean https = address != null && "https".equalsIgnoreCase(address.getScheme());
        return context -> {
            if (https) {
                context.getSessionCookieConfig().setName(HOST_NAME);
                context.getSessionCookieConfig().setSecure(true);
                context.getSessionCookieConfig().setPath("/");
            }
        };
    }
}
