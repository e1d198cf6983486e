package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Authenticator;
import io.switchboard.Browserless;
import io.switchboard.WebTest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The form of the sign-in page, posted as a browser posts it.
 *
 * <p>Checklist: ASVS 7.2.4 (session fixation), 6.3.1, open redirect after sign-in.
 */
class SignInFormTest extends WebTest {

    @Test
    void stands_on_our_page_and_no_other() {
        assertThat(new Browserless(port).get("/login").body())
                .contains("VAADIN")
                .doesNotContain("default-ui.css");
    }

    @Test
    void counts_each_wrong_password_once() {
        String email = newTenant().owner().email().value();
        Browserless browser = new Browserless(port);
        for (int i = 0; i < 9; i++) {
            assertThat(browser.signIn(email, "wrong password")).isEqualTo("/login?error");
        }

        assertThat(browser.signIn(email, PASSWORD)).as("the tenth attempt").doesNotContain("login");
    }

    @Test
    void gives_the_session_another_id_at_each_step() {
        SignedInOwner owner = newTenant();
        Authenticator app = enrol(owner);
        Browserless browser = new Browserless(port);
        browser.get("/login");
        String visitor = browser.cookie();

        assertThat(browser.signIn(owner.owner().email().value(), PASSWORD)).isEqualTo("/login/code");
        String halfway = browser.cookie();
        assertThat(halfway).isNotEqualTo(visitor);
        assertThat(browser.letIn()).as("with the password alone").isFalse();
        assertThat(Browserless.location(browser.post("/login/code", Map.of("code", "000000"))))
                .isEqualTo("/login/code?error");
        assertThat(Browserless.location(browser.post("/login/code", Map.of()))).isEqualTo("/login/code?error");
        assertThat(Browserless.location(browser.post("/login/code", Map.of("code", app.code(1)))))
                .doesNotContain("login");
        String inside = browser.cookie();

        assertThat(inside).isNotEqualTo(halfway);
        assertThat(browser.letIn()).isTrue();
        for (String before : new String[] {visitor, halfway}) {
            browser.cookie(before);
            assertThat(browser.letIn()).isFalse();
        }
    }

    @Test
    void leads_to_a_page_of_ours_whatever_was_asked_for() {
        SignedInOwner owner = newTenant();
        URI here = URI.create("http://localhost:" + port + "/login");
        Map<String, String> form = Map.of(
                "username",
                owner.owner().email().value(),
                "password",
                PASSWORD,
                "continue",
                "https://evil.example/",
                "redirect",
                "//evil.example/");

        for (String asked : List.of(
                "/knowledge",
                "//evil.example/",
                "//evil.example/knowledge",
                "///evil.example",
                "/%2f%2fevil.example/",
                "/%5cevil.example/",
                "/%09/evil.example/",
                "/https://evil.example/",
                "/@evil.example",
                "/knowledge?continue=https://evil.example/",
                "/login?continue=https://evil.example/",
                "/login?redirect=//evil.example/",
                "/login?url=//evil.example/&next=//evil.example/&returnTo=//evil.example/&target=//evil.example/")) {
            Browserless browser = new Browserless(port);
            browser.get(asked);

            HttpResponse<String> answer = browser.post(asked.startsWith("/login") ? asked : "/login", form);

            assertThat(answer.statusCode()).as(asked).isEqualTo(302);
            URI next = here.resolve(answer.headers().firstValue("Location").orElseThrow());
            assertThat(next.getScheme() + "://" + next.getAuthority())
                    .as(asked)
                    .isEqualTo("http://" + here.getAuthority());
            assertThat(next.getPath()).as(asked).doesNotStartWith("//");
            assertThat(browser.letIn()).as(asked).isTrue();
        }
    }

    @Test
    void knows_nobody_by_a_code_alone() {
        SignedInOwner owner = newTenant();
        Authenticator app = enrol(owner);

        assertThat(Browserless.location(new Browserless(port).post("/login/code", Map.of("code", app.code(1)))))
                .isEqualTo("/login");
    }

    @Test
    void forgets_who_was_halfway_in_when_they_are_signed_out_everywhere() {
        SignedInOwner owner = newTenant();
        Authenticator app = enrol(owner);
        Browserless browser = new Browserless(port);
        browser.signIn(owner.owner().email().value(), PASSWORD);

        owner.api().post("/api/v1/me/sign-out-everywhere");

        assertThat(Browserless.location(browser.post("/login/code", Map.of("code", app.code(1)))))
                .isEqualTo("/login");
    }

    private static Authenticator enrol(SignedInOwner owner) {
        Authenticator app =
                new Authenticator(owner.api().post("/api/v1/me/two-factor").text("secret"));
        owner.api().post("/api/v1/me/two-factor/confirm", Map.of("code", app.code(0)));
        return app;
    }
}
