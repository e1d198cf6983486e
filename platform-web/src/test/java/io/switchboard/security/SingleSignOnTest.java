package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.Browserless;
import io.switchboard.WebTest;
import io.switchboard.security.FakeIssuer.Flaw;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Sign-in at a provider of identities that stands on this machine.
 *
 * <p>Checklist: ASVS 10.5.x.
 */
class SingleSignOnTest extends WebTest {

    private static final FakeIssuer ISSUER = new FakeIssuer();
    private static final String REFUSED = "/login?sso";

    @Autowired
    TenancyService tenancy;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry settings) {
        settings.add("switchboard.oidc.issuer", ISSUER::address);
        settings.add("switchboard.oidc.client-id", () -> FakeIssuer.CLIENT);
        settings.add("switchboard.oidc.client-secret", () -> FakeIssuer.SECRET);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void lets_a_member_in_whose_address_the_provider_has_verified() {
        SignedInOwner owner = newTenant();
        Browserless browser = new Browserless(port);
        browser.get("/login");
        String visitor = browser.cookie();

        String leadsTo = signIn(browser, owner.owner().email().value(), true, Flaw.NONE);

        assertThat(leadsTo).doesNotContain("login");
        assertThat(browser.letIn()).isTrue();
        assertThat(browser.cookie()).as("session fixation").isNotEqualTo(visitor);
        access.changeSuspension(owner.owner().id(), true);
        assertThat(browser.letIn()).isFalse();
    }

    @Test
    void sends_people_there_with_state_nonce_and_a_proof_key() {
        URI there = begin(new Browserless(port));

        assertThat(there.toString()).startsWith(ISSUER.address() + "/authorize?");
        assertThat(FakeIssuer.form(there.getRawQuery()))
                .containsKeys("state", "nonce", "code_challenge")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("response_type", "code")
                .containsEntry("scope", "openid email")
                .containsEntry("client_id", FakeIssuer.CLIENT)
                .containsEntry("redirect_uri", "http://localhost:" + port + "/login/oauth2/code/oidc");
    }

    @Test
    void lets_nobody_in_who_is_no_member_or_whose_address_is_not_verified() {
        SignedInOwner owner = newTenant();
        String email = owner.owner().email().value();

        assertThat(attempt(address("stranger").value(), true)).isEqualTo(REFUSED);
        assertThat(access.findUser(address("stranger")))
                .as("no account is made")
                .isEmpty();
        assertThat(attempt(email, false)).isEqualTo(REFUSED);
        assertThat(attempt(email, null)).isEqualTo(REFUSED);
        assertThat(attempt(null, true)).isEqualTo(REFUSED);
        tenancy.changeStatus(owner.tenant().id(), TenantStatus.SUSPENDED);
        assertThat(attempt(email, true)).isEqualTo(REFUSED);
        tenancy.changeStatus(owner.tenant().id(), TenantStatus.ACTIVE);
        access.changeSuspension(owner.owner().id(), true);
        assertThat(attempt(email, true)).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void believes_nothing_that_is_not_quite_right(Flaw flaw) {
        Browserless browser = new Browserless(port);

        String leadsTo = signIn(browser, newTenant().owner().email().value(), true, flaw);

        assertThat(leadsTo).isEqualTo(REFUSED);
        assertThat(browser.letIn()).isFalse();
    }

    @Test
    void takes_no_answer_to_a_question_that_this_browser_did_not_ask() {
        SignedInOwner owner = newTenant();
        Browserless thief = new Browserless(port);
        String comesBack =
                ISSUER.signIn(begin(thief), claims(owner.owner().email().value(), true), Flaw.NONE);

        Browserless victim = new Browserless(port);
        begin(victim);

        assertThat(Browserless.location(victim.get(comesBack)))
                .as("another state")
                .isEqualTo(REFUSED);
        assertThat(victim.letIn()).isFalse();
    }

    private String attempt(String email, Boolean verified) {
        return signIn(new Browserless(port), email, verified, Flaw.NONE);
    }

    private String signIn(Browserless browser, String email, Boolean verified, Flaw flaw) {
        String comesBack = ISSUER.signIn(begin(browser), claims(email, verified), flaw);
        return Browserless.location(browser.get(comesBack));
    }

    private static URI begin(Browserless browser) {
        return browser.get("/oauth2/authorization/oidc")
                .headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow();
    }

    private static Map<String, Object> claims(String email, Boolean verified) {
        Map<String, Object> claims = new HashMap<>();
        if (email != null) {
            claims.put("email", email);
        }
        if (verified != null) {
            claims.put("email_verified", verified);
        }
        return claims;
    }
}
