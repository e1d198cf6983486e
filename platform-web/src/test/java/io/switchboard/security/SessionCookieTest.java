package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Checklist: ASVS 3.3.x, 3.3.1 to 3.3.4: the session's cookie where people come by https. */
@TestPropertySource(properties = "switchboard.public-url=https://bots.example.org")
class SessionCookieTest extends WebTest {

    @Test
    void travels_by_https_only_and_belongs_to_this_host_alone() {
        ApiClient.Reply page = anonymous().get("/login");

        assertThat(page.header("Set-Cookie"))
                .startsWith("__Host-switchboard=")
                .contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain=");
    }
}
