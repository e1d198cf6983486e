package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Checklist: ASVS 6.3.8 (nobody learns who has an account), 3.5.1 (bearer only), 10.4.5 (refresh tokens, reuse). */
class SignInTest extends WebTest {

    @Autowired
    TenancyService tenancy;

    @Test
    void opens_the_api_with_a_token() {
        SignedInOwner owner = newTenant();

        ApiClient.Reply me = owner.api().get("/api/v1/me");

        assertThat(me.status()).as(me.toString()).isEqualTo(200);
        assertThat(me.text("email")).isEqualTo(owner.owner().email().value());
        assertThat(me.text("tenant")).isEqualTo(owner.tenant().slug().value());
        assertThat(me.text("/memberships/0/role")).isEqualTo("OWNER");
    }

    @Test
    void answers_the_same_for_a_wrong_password_and_an_unknown_address() {
        SignedInOwner owner = newTenant();

        ApiClient.Reply wrong = login(owner.owner().email().value(), "wrong password");
        ApiClient.Reply unknown = login(address("nobody").value(), PASSWORD);

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
    }

    @Test
    void sets_no_cookie_and_accepts_none() {
        SignedInOwner owner = newTenant();

        ApiClient.Reply login = login(owner.owner().email().value(), PASSWORD);

        assertThat(login.header("Set-Cookie")).isNull();
        assertThat(owner.api().get("/api/v1/me").header("Set-Cookie")).isNull();
    }

    @Test
    void exchanges_a_refresh_token_once() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply login = login(owner.owner().email().value(), PASSWORD);
        String first = login.text("refreshToken");

        ApiClient.Reply second = refresh(first);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().path("expiresInSeconds").asInt()).isEqualTo(900);
        ApiClient fresh = anonymous().withToken(second.text("accessToken"));
        assertThat(fresh.get("/api/v1/me").status()).isEqualTo(200);

        assertThat(refresh(first).status()).isEqualTo(401);

        assertThat(refresh(second.text("refreshToken")).status())
                .as("the successor")
                .isEqualTo(401);
        assertThat(fresh.get("/api/v1/me").status()).as("its access token").isEqualTo(401);
    }

    @Test
    void ends_everything_of_a_sign_in_at_logout() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply login = login(owner.owner().email().value(), PASSWORD);
        ApiClient client = anonymous().withToken(login.text("accessToken"));

        ApiClient.Reply logout = client.post("/api/v1/auth/logout", Map.of("refreshToken", login.text("refreshToken")));

        assertThat(logout.status()).isEqualTo(204);
        assertThat(client.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(refresh(login.text("refreshToken")).status()).isEqualTo(401);
        assertThat(owner.api().get("/api/v1/me").status()).as("another sign-in").isEqualTo(200);
    }

    @Test
    void ends_a_sign_in_by_its_access_token_alone() {
        SignedInOwner owner = newTenant();

        assertThat(owner.api().post("/api/v1/auth/logout").status()).isEqualTo(204);

        assertThat(owner.api().get("/api/v1/me").status()).isEqualTo(401);
        assertThat(anonymous().post("/api/v1/auth/logout").status()).isEqualTo(401);
    }

    @Test
    void shuts_out_a_suspended_user_at_the_next_request() {
        SignedInOwner owner = newTenant();

        access.changeSuspension(owner.owner().id(), true);

        assertThat(owner.api().get("/api/v1/me").status()).isEqualTo(401);
        assertThat(login(owner.owner().email().value(), PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void shuts_out_a_suspended_tenant_at_the_next_request() {
        SignedInOwner owner = newTenant();
        ApiClient named =
                owner.api().withHeader("X-Tenant", owner.tenant().slug().value());
        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(200);
        assertThat(named.get("/api/v1/knowledge-bases").status()).isEqualTo(200);

        tenancy.changeStatus(owner.tenant().id(), TenantStatus.SUSPENDED);

        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(403);
        assertThat(named.get("/api/v1/knowledge-bases").status()).isEqualTo(403);
    }

    @Test
    void works_in_the_tenant_that_the_header_names() {
        SignedInOwner first = newTenant();
        SignedInOwner second = newTenant();
        SignedInOwner third = newTenant();
        access.addMember(second.tenant().id(), first.owner().email(), "Ann", PASSWORD, Role.ANALYST);

        assertThat(first.api().get("/api/v1/knowledge-bases").status())
                .as("no choice")
                .isEqualTo(400);
        assertThat(tenants(first.api().get("/api/v1/me")))
                .containsExactlyInAnyOrder(
                        first.tenant().slug().value(), second.tenant().slug().value());

        ApiClient inSecond =
                first.api().withHeader("X-Tenant", second.tenant().slug().value());
        assertThat(inSecond.get("/api/v1/me").text("tenant"))
                .isEqualTo(second.tenant().slug().value());
        assertThat(inSecond.post("/api/v1/knowledge-bases", Map.of("name", "No"))
                        .status())
                .as("an analyst there")
                .isEqualTo(403);

        ApiClient inThird =
                first.api().withHeader("X-Tenant", third.tenant().slug().value());
        assertThat(inThird.get("/api/v1/knowledge-bases").status()).isEqualTo(403);
        assertThat(first.api().withHeader("X-Tenant", "../x").get("/api/v1/me").status())
                .isEqualTo(403);
    }

    @Test
    void gives_an_operator_no_role_in_any_tenant() {
        SignedInOwner owner = newTenant();
        ApiClient operator = newOperator();

        assertThat(operator.get("/api/v1/tenants").status()).isEqualTo(200);
        assertThat(operator.get("/api/v1/knowledge-bases").status()).isEqualTo(403);
        assertThat(operator.withHeader("X-Tenant", owner.tenant().slug().value())
                        .get("/api/v1/knowledge-bases")
                        .status())
                .isEqualTo(403);
        assertThat(owner.api().get("/api/v1/tenants").status()).isEqualTo(403);
    }

    private static Set<String> tenants(ApiClient.Reply me) {
        return StreamSupport.stream(me.json().path("memberships").spliterator(), false)
                .map(membership -> membership.path("tenant").asString())
                .collect(Collectors.toSet());
    }

    private ApiClient.Reply refresh(String token) {
        return anonymous().post("/api/v1/auth/refresh", Map.of("refreshToken", token));
    }

    private ApiClient.Reply login(String email, String password) {
        return anonymous().post("/api/v1/auth/login", Map.of("email", email, "password", password));
    }
}
