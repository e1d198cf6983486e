package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboardtest.MailServer;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Checklist: ASVS 6.3.1, how often one may ask for a link to a new password. */
class SignInPageTest extends BrowserTest {

    private static final MailServer MAIL = new MailServer();

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry settings) {
        settings.add("switchboard.smtp.host", () -> "localhost");
        settings.add("switchboard.smtp.port", MAIL::port);
        settings.add("switchboard.smtp.from", () -> "bots@example.org");
        settings.add("switchboard.smtp.security", () -> "none");
        settings.add("switchboard.public-url", () -> "http://localhost:8080");
        settings.add("switchboard.limits.failed-sign-ins", () -> 3);
    }

    @AfterAll
    static void closeMail() {
        MAIL.close();
    }

    @Test
    void leads_a_visitor_to_the_form_and_then_to_the_page_asked_for() {
        SignedInOwner owner = newTenant();
        Page page = open(Browsing.WIDE);

        page.navigate("/knowledge");
        page.waitForURL("**/login");
        page.locator("input[name=username]").waitFor();
        assertThat(heading(page, "Sign in")).isVisible();
        assertThat(page.locator("vaadin-login-form")).isVisible();
        Browsing.keep(page, "sign-in");
        fillSignIn(page, owner.owner().email().value(), PASSWORD);

        page.waitForURL(url -> url.matches(".*/knowledge(\\?continue)?$"));
        assertThat(heading(page, "Knowledge")).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void tells_a_wrong_password_apart_from_nothing() {
        SignedInOwner owner = newTenant();
        Page page = open(Browsing.NARROW);

        page.navigate("/login");
        fillSignIn(page, owner.owner().email().value(), "not the password");

        assertThat(page.getByText("That did not match").first()).isVisible();
        Browsing.keep(page, "sign-in-refused-narrow");
    }

    @Test
    void mails_a_link_to_a_new_password_and_not_one_after_another() {
        String email = newTenant().owner().email().value();
        Page page = open(Browsing.WIDE);

        askForLink(page, email);
        assertThat(heading(page, "Look into your mail")).isVisible();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> MAIL.to(email).size() == 1);
        for (int i = 0; i < 2; i++) {
            askForLink(page, address("somebody").value());
            assertThat(heading(page, "Look into your mail")).isVisible();
        }
        askForLink(page, address("somebody").value());

        assertThat(heading(page, "Not so many at a time")).isVisible();
        assertThat(page.getByText(Pattern.compile("Try again in \\d+ minutes\\."))
                        .first())
                .isVisible();
        Browsing.keep(page, "forgot-too-often");
    }

    private static void askForLink(Page page, String email) {
        page.navigate("/forgot");
        page.locator("vaadin-email-field input").fill(email);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send the link"))
                .click();
    }

    @Test
    void signs_out() {
        Page page = signedIn(newTenant().owner().email(), Browsing.WIDE);

        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Account of Olivia Owner"))
                .click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                .click();

        page.waitForURL(url -> url.contains("/login"));
        page.navigate("/knowledge");
        page.waitForURL("**/login");
    }

    static Locator heading(Page page, String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setLevel(1));
    }
}
