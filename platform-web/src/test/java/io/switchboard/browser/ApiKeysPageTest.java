package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

class ApiKeysPageTest extends BrowserTest {

    @Test
    void makes_a_key_that_works_and_shows_it_once() {
        SignedInOwner owner = newTenant();
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/api-keys");

        button(page, "New key").click();
        page.getByLabel("What is it for?").fill("Website");
        Browsing.keep(page, "api-key-new");
        button(page, "Create").click();
        String key = page.locator(".sb-secret input").inputValue();
        Browsing.keep(page, "api-key-shown");
        button(page, "I have copied it").click();

        assertThat(anonymous().withToken(key).get("/api/v1/me").text("name")).isEqualTo("Website");
        visit(page, "/api-keys");
        assertThat(page.getByText("Last used").first()).isVisible();
        assertThat(page.content()).contains(key.substring(0, 12)).doesNotContain(key.substring(13));
        Browsing.keep(page, "api-keys-used");
        Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(narrow, "/api-keys");
        Browsing.keep(narrow, "api-keys-used-narrow");

        button(page, "Revoke Website").click();
        Browsing.keep(page, "api-key-revoke");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke"))
                .click();
        assertThat(page.getByText("No keys yet").first()).isVisible();
        assertThat(anonymous().withToken(key).get("/api/v1/me").status()).isEqualTo(401);
        assertThat(complaints).isEmpty();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
