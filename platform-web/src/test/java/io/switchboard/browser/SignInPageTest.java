package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

class SignInPageTest extends BrowserTest {

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

        assertThat(page.getByText("That did not match")).isVisible();
        Browsing.keep(page, "sign-in-refused-narrow");
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
