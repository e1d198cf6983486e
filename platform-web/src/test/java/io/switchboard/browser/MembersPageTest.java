package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;
import org.junit.jupiter.api.Test;

/** Checklist: ASVS 7.4.3, other sessions of the browser end with a new password. */
class MembersPageTest extends BrowserTest {

    @Test
    void invites_somebody_who_joins_by_the_link() {
        SignedInOwner owner = newTenant();
        String email = address("gita").value();
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/members");
        button(page, "Invite somebody").click();
        page.getByLabel("E-mail").fill(email);
        Browsing.keep(page, "member-invite");
        button(page, "Invite").click();
        String link = page.locator(".sb-secret input").inputValue();
        Browsing.keep(page, "member-invite-link");
        button(page, "I have copied it").click();
        assertThat(page.getByText(email, new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        Browsing.keep(page, "members-invited");

        Page guest = open(Browsing.NARROW);
        guest.navigate(link);
        assertThat(SignInPageTest.heading(guest, "Join " + owner.tenant().name()))
                .isVisible();
        Browsing.keep(guest, "join-narrow");
        button(guest, "Join").click();
        assertThat(guest.getByText("Please fill this in").first()).isVisible();
        guest.getByLabel("Your name").fill("Gita Guest");
        guest.locator("vaadin-password-field input").fill(PASSWORD);
        button(guest, "Join").click();
        assertThat(SignInPageTest.heading(guest, "Welcome, Gita Guest")).isVisible();
        Browsing.keep(guest, "joined-narrow");
        guest.getByText("Go to sign-in").click();
        fillSignIn(guest, email, PASSWORD);
        assertThat(SignInPageTest.heading(guest, owner.tenant().name())).isVisible();

        Page late = open(Browsing.WIDE);
        late.navigate(link);
        assertThat(SignInPageTest.heading(late, "This link is not valid")).isVisible();
        assertThat(late.content()).doesNotContain(owner.tenant().name());
        Browsing.keep(late, "link-invalid");
        assertThat(complaints).isEmpty();
    }

    @Test
    void asks_somebody_with_an_account_to_sign_in_and_join() {
        SignedInOwner host = newTenant();
        SignedInOwner guest = newTenant();
        Page page = signedIn(host.owner().email(), Browsing.WIDE);
        String link = invite(page, guest.owner().email());

        Page visitor = open(Browsing.WIDE);
        visitor.navigate(link);
        assertThat(visitor.getByText("has an account already").first()).isVisible();
        Browsing.keep(visitor, "join-existing");
        visitor.getByText("Sign in to join").click();
        visitor.waitForURL("**/login");
        settle(visitor);
        fillSignIn(visitor, guest.owner().email().value(), PASSWORD);
        button(visitor, "Join").click();

        visitor.locator("vaadin-select.sb-tenant-select").waitFor();
        assertThat(access.memberships(guest.owner().id())).hasSize(2);
        assertThat(complaints).isEmpty();
    }

    @Test
    void changes_a_role_resets_a_password_and_removes() {
        SignedInOwner owner = newTenant();
        User mia = ((MemberAddition.Added)
                        access.addMember(owner.tenant().id(), address("mia"), "Mia Member", PASSWORD, Role.EDITOR))
                .user();
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/members");

        page.locator("vaadin-select", new Page.LocatorOptions().setHasText("Role of Mia Member"))
                .click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Agent"))
                .click();
        assertThat(page.getByText("Mia Member is now: Agent").first()).isVisible();
        button(page, "More for Mia Member").click();
        Browsing.keep(page, "member-more");
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Send a password link"))
                .click();
        String link = page.locator(".sb-secret input").inputValue();
        Browsing.keep(page, "member-reset-link");
        button(page, "I have copied it").click();

        Page member = open(Browsing.WIDE);
        member.navigate(link);
        assertThat(SignInPageTest.heading(member, "Choose a new password")).isVisible();
        member.locator("vaadin-password-field input").fill("a fresh password");
        Browsing.keep(member, "reset");
        button(member, "Set password").click();
        assertThat(SignInPageTest.heading(member, "Done")).isVisible();
        member.getByText("Go to sign-in").click();
        fillSignIn(member, mia.email().value(), "a fresh password");
        assertThat(SignInPageTest.heading(member, owner.tenant().name())).isVisible();

        button(page, "More for Mia Member").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Remove"))
                .click();
        Browsing.keep(page, "member-remove");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                .click();
        assertThat(page.getByText("Mia Member is removed").first()).isVisible();
        visit(member, "/");
        assertThat(member.getByText("No organisation yet").first()).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void changes_ones_own_password_here_and_ends_it_elsewhere() {
        SignedInOwner owner = newTenant();
        Page elsewhere = signedIn(owner.owner().email(), Browsing.NARROW);
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Account of Olivia Owner"))
                .click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("My account"))
                .click();
        assertThat(SignInPageTest.heading(page, "My account")).isVisible();

        page.locator("vaadin-password-field input").nth(0).fill("not the password");
        page.locator("vaadin-password-field input").nth(1).fill("a fresh password");
        button(page, "Change password").click();
        assertThat(page.getByText("This is not your password").first()).isVisible();
        Browsing.keep(page, "account");
        page.locator("vaadin-password-field input").nth(0).fill(PASSWORD);
        button(page, "Change password").click();
        assertThat(page.getByText("Your password is changed").first()).isVisible();

        visit(page, "/knowledge");
        assertThat(SignInPageTest.heading(page, "Knowledge")).isVisible();
        elsewhere.navigate("/knowledge");
        elsewhere.waitForURL("**/login");
        assertThat(owner.api().get("/api/v1/me").status()).isEqualTo(401);

        visit(page, "/account");
        button(page, "Sign out everywhere").click();
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Sign out everywhere"))
                .click();
        page.waitForURL(url -> url.contains("/login"));
        assertThat(complaints).isEmpty();
    }

    private static String invite(Page page, EmailAddress email) {
        visit(page, "/members");
        button(page, "Invite somebody").click();
        page.getByLabel("E-mail").fill(email.value());
        button(page, "Invite").click();
        return page.locator(".sb-secret input").inputValue();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
