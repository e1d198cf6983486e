package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Authenticator;
import io.switchboard.Browserless;
import io.switchboard.WebTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The form of the sign-in page, posted as a browser posts it. */
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
