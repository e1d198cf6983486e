package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.Authenticator;
import io.switchboard.access.User;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TwoFactorPageTest extends BrowserTest {

    @Test
    void sets_up_an_app_by_its_picture_and_signs_in_with_it() throws Exception {
        EmailAddress email = newTenant().owner().email();
        Page page = signedIn(email, Browsing.WIDE);
        visit(page, "/account");
        button(page, "Set up").click();
        Authenticator app = new Authenticator(page.locator(".sb-secret input").inputValue());
        Browsing.keep(page, "two-factor-setup");
        Awaitility.await()
                .ignoreExceptions() // the dialog may still be on its way in
                .untilAsserted(() -> assertThat(read(page.locator(".sb-qr")))
                        .contains("secret=" + app.secret().replace(" ", ""), "Switchboard"));
        page.getByLabel("The code that the app shows now").fill("000000");
        button(page, "Turn on").click();
        assertThat(page.getByText("This code is not right").first()).isVisible();
        page.getByLabel("The code that the app shows now").fill(app.code(0));
        button(page, "Turn on").click();
        List<String> codes = page.locator(".sb-codes li").allTextContents();
        if (codes.isEmpty()) {
            page.locator(".sb-codes li").first().waitFor();
            codes = page.locator(".sb-codes li").allTextContents();
        }
        assertThat(codes).hasSize(10);
        Browsing.keep(page, "two-factor-codes");
        button(page, "I have kept them").click();
        assertThat(page.getByText("10 recovery codes are left").first()).isVisible();
        Browsing.keep(page, "account-two-factor");

        Page other = open(Browsing.WIDE);
        other.navigate("/knowledge");
        fillSignIn(other, email.value(), PASSWORD);
        assertThat(SignInPageTest.heading(other, "One more step")).isVisible();
        Browsing.keep(other, "sign-in-code");
        enter(other, "000000");
        assertThat(other.getByText("This code is not right").first()).isVisible();
        enter(other, app.code(1));
        assertThat(SignInPageTest.heading(other, "Knowledge")).isVisible();

        Page third = open(Browsing.NARROW);
        third.navigate("/login");
        fillSignIn(third, email.value(), PASSWORD);
        assertThat(SignInPageTest.heading(third, "One more step")).isVisible();
        Browsing.keep(third, "sign-in-code-narrow");
        third.navigate("/knowledge");
        third.waitForURL("**/login");
        fillSignIn(third, email.value(), PASSWORD);
        enter(third, codes.getFirst());
        assertThat(SignInPageTest.heading(third, "Knowledge")).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void leads_everybody_to_it_when_an_owner_requires_it() {
        SignedInOwner owner = newTenant();
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/members");
        page.getByLabel("Everybody needs two-factor sign-in").click();
        assertThat(SignInPageTest.heading(page, "My account")).isVisible();
        assertThat(page.getByText("Your organisation asks its people").first()).isVisible();
        Browsing.keep(page, "account-closed");
        page.navigate("/knowledge");
        assertThat(SignInPageTest.heading(page, "My account")).isVisible();

        button(page, "Set up").click();
        Authenticator app = new Authenticator(page.locator(".sb-secret input").inputValue());
        page.getByLabel("The code that the app shows now").fill(app.code(0));
        button(page, "Turn on").click();
        button(page, "I have kept them").click();
        visit(page, "/members");
        assertThat(SignInPageTest.heading(page, "Members")).isVisible();
        Browsing.keep(page, "members-policy");
        assertThat(complaints).isEmpty();
    }

    @Test
    void is_reset_on_the_operators_page() {
        SignedInOwner owner = newTenant();
        Authenticator app =
                new Authenticator(owner.api().post("/api/v1/me/two-factor").text("secret"));
        owner.api().post("/api/v1/me/two-factor/confirm", Map.of("code", app.code(0)));
        User operator = access.ensureOperator(address("operator"), PASSWORD);
        Page page = signedIn(operator.email(), Browsing.WIDE);
        visit(page, "/people");
        Browsing.keep(page, "people");
        page.locator("vaadin-email-field input").fill(owner.owner().email().value());
        button(page, "Find").click();
        assertThat(page.getByText("Two-factor sign-in").first()).isVisible();
        Browsing.keep(page, "people-found");
        button(page, "Reset two-factor").click();
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reset two-factor"))
                .click();
        assertThat(page.getByText("signs in without a second factor").first()).isVisible();

        assertThat(signIn(owner.owner()).get("/api/v1/me").status()).isEqualTo(200);
        Page member = signedIn(newMemberUser(owner), Browsing.WIDE);
        visit(member, "/people");
        assertThat(member.getByText("There is nothing here").first()).isVisible();
        assertThat(complaints).isEmpty();
    }

    private EmailAddress newMemberUser(SignedInOwner owner) {
        EmailAddress email = address("admin");
        access.addMember(owner.tenant().id(), email, "Adam Admin", PASSWORD, Role.ADMIN);
        return email;
    }

    private static void enter(Page page, String code) {
        page.locator("input[name=code]").fill(code);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    /** What a phone reads from the picture. */
    private static String read(Locator picture) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.screenshot()));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
