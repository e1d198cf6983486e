package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.permissions.Role;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checklist: ASVS 7.4.3 (other sessions), 6.4.3 (links to new passwords). */
class MemberApiTest extends WebTest {

    @Test
    void invites_somebody_who_joins_and_signs_in() {
        SignedInOwner owner = newTenant();
        String email = address("guest").value();

        ApiClient.Reply invited = owner.api().post("/api/v1/invitations", Map.of("email", email, "role", "EDITOR"));
        assertThat(invited.status()).as(invited.toString()).isEqualTo(201);
        assertThat(invited.json().path("mailed").asBoolean()).isFalse();
        String token = token(invited);
        assertThat(owner.api().get("/api/v1/invitations").text("/items/0/email"))
                .isEqualTo(email);
        assertThat(owner.api().get("/api/v1/invitations").response().body()).doesNotContain(token);

        assertThat(join(token, PASSWORD).status()).isEqualTo(204);

        ApiClient.Reply login = anonymous().post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));
        ApiClient.Reply me = anonymous().withToken(login.text("accessToken")).get("/api/v1/me");
        assertThat(me.text("tenant")).isEqualTo(owner.tenant().slug().value());
        assertThat(me.text("/memberships/0/role")).isEqualTo("EDITOR");
        assertThat(owner.api().get("/api/v1/invitations").json().path("items").size())
                .isZero();
    }

    @Test
    void answers_the_same_for_every_link_that_is_good_for_nothing() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply used = invite(owner, "used", "EDITOR");
        join(token(used), PASSWORD);
        ApiClient.Reply withdrawn = invite(owner, "withdrawn", "EDITOR");
        assertThat(owner.api()
                        .delete("/api/v1/invitations/" + withdrawn.text("id"))
                        .status())
                .isEqualTo(204);

        ApiClient.Reply unknown = join("a".repeat(43), PASSWORD);

        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("/errors/0/field")).isEqualTo("token");
        for (ApiClient.Reply link : new ApiClient.Reply[] {used, withdrawn}) {
            assertThat(join(token(link), PASSWORD).response().body())
                    .isEqualTo(unknown.response().body());
        }
        assertThat(join(token(invite(owner, "short", "EDITOR")), "short").text("/errors/0/field"))
                .isEqualTo("password");
    }

    @Test
    void lets_somebody_with_an_account_join_by_it_alone() {
        SignedInOwner host = newTenant();
        SignedInOwner guest = newTenant();
        ApiClient.Reply invited = host.api()
                .post(
                        "/api/v1/invitations",
                        Map.of("email", guest.owner().email().value(), "role", "ANALYST"));

        assertThat(join(token(invited), PASSWORD).status()).isEqualTo(409);
        Map<String, String> body = Map.of("token", token(invited));
        assertThat(newTenant().api().post("/api/v1/me/join", body).status())
                .as("somebody else")
                .isEqualTo(400);
        assertThat(guest.api().post("/api/v1/me/join", body).status()).isEqualTo(204);
        assertThat(guest.api().get("/api/v1/me").json().path("memberships").size())
                .isEqualTo(2);
    }

    @Test
    void changes_roles_and_removes_but_never_the_last_owner() {
        SignedInOwner owner = newTenant();
        ApiClient editor = newMember(owner.tenant(), Role.EDITOR);
        String id = editor.get("/api/v1/me").text("id");
        String own = "/api/v1/members/" + owner.owner().id();

        assertThat(owner.api()
                        .patch("/api/v1/members/" + id, Map.of("role", "ANALYST"))
                        .status())
                .isEqualTo(204);
        assertThat(editor.get("/api/v1/me").text("/memberships/0/role")).isEqualTo("ANALYST");
        assertThat(owner.api().delete("/api/v1/members/" + id).status()).isEqualTo(204);
        assertThat(editor.get("/api/v1/knowledge-bases").status())
                .as("with the next request")
                .isEqualTo(403);
        assertThat(owner.api().delete(own).status()).isEqualTo(409);
        assertThat(owner.api().patch(own, Map.of("role", "EDITOR")).status()).isEqualTo(409);
    }

    @Test
    void gives_an_admin_no_power_over_owners() {
        SignedInOwner owner = newTenant();
        ApiClient admin = newMember(owner.tenant(), Role.ADMIN);
        String path = "/api/v1/members/" + owner.owner().id();

        assertThat(admin.delete(path).status()).isEqualTo(403);
        assertThat(admin.patch(path, Map.of("role", "AGENT")).status()).isEqualTo(403);
        assertThat(admin.post(path + "/password-reset").status()).isEqualTo(403);
        assertThat(admin.post(
                                "/api/v1/invitations",
                                Map.of("email", address("x").value(), "role", "OWNER"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void reaches_no_member_or_invitation_of_another_tenant() {
        SignedInOwner mine = newTenant();
        SignedInOwner theirs = newTenant();
        String invitation = invite(theirs, "guest", "AGENT").text("id");
        String path = "/api/v1/members/" + theirs.owner().id();

        assertThat(mine.api().delete("/api/v1/invitations/" + invitation).status())
                .isEqualTo(404);
        assertThat(mine.api().delete(path).status()).isEqualTo(404);
        assertThat(mine.api().patch(path, Map.of("role", "AGENT")).status()).isEqualTo(404);
        assertThat(mine.api().post(path + "/password-reset").status()).isEqualTo(404);
        assertThat(mine.api().get("/api/v1/invitations").json().path("items").size())
                .isZero();
    }

    @Test
    void resets_a_password_by_a_link_and_ends_all_sessions() {
        SignedInOwner owner = newTenant();
        ApiClient editor = newMember(owner.tenant(), Role.EDITOR);
        ApiClient.Reply me = editor.get("/api/v1/me");
        ApiClient.Reply link = owner.api().post("/api/v1/members/" + me.text("id") + "/password-reset");
        assertThat(link.status()).as(link.toString()).isEqualTo(200);
        Map<String, String> body =
                Map.of("token", link.text("path").replace("reset/", ""), "password", "a fresh password");

        assertThat(anonymous().post("/api/v1/auth/reset", body).status()).isEqualTo(204);

        assertThat(editor.get("/api/v1/me").status()).isEqualTo(401);
        assertThat(login(me.text("email"), PASSWORD).status()).isEqualTo(401);
        assertThat(login(me.text("email"), "a fresh password").status()).isEqualTo(200);
        ApiClient.Reply again = anonymous().post("/api/v1/auth/reset", body);
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text("/errors/0/field")).isEqualTo("token");
    }

    @Test
    void resets_no_password_by_a_token_that_is_none() {
        SignedInOwner owner = newTenant();
        String email = owner.owner().email().value();
        String open = token(invite(owner, "invited", "EDITOR"));

        for (String token :
                new String[] {null, "", " ", "null", "undefined", "0", "%00", "a".repeat(43), email, open}) {
            Map<String, String> body = new HashMap<>();
            body.put("token", token);
            body.put("password", "a fresh password");
            ApiClient.Reply refused = anonymous().post("/api/v1/auth/reset", body);
            assertThat(refused.status()).as(String.valueOf(token)).isEqualTo(400);
            assertThat(refused.text("/errors/0/field")).isEqualTo("token");
        }
        assertThat(anonymous()
                        .post("/api/v1/auth/reset", Map.of("password", "a fresh password"))
                        .status())
                .isEqualTo(400);
        assertThat(login(email, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void changes_ones_own_password_and_keeps_only_this_sign_in() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply other = login(owner.owner().email().value(), PASSWORD);
        String next = "a fresh password";

        assertThat(owner.api()
                        .post("/api/v1/me/password", Map.of("present", "wrong password", "next", next))
                        .text("/errors/0/field"))
                .isEqualTo("present");
        ApiClient.Reply changed = owner.api().post("/api/v1/me/password", Map.of("present", PASSWORD, "next", next));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(anonymous()
                        .withToken(changed.text("accessToken"))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(200);
        assertThat(anonymous()
                        .withToken(other.text("accessToken"))
                        .get("/api/v1/me")
                        .status())
                .isEqualTo(401);
        assertThat(anonymous()
                        .post("/api/v1/auth/refresh", Map.of("refreshToken", other.text("refreshToken")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void guesses_ones_own_password_ten_times_at_most() {
        SignedInOwner owner = newTenant();
        Map<String, String> wrong = Map.of("present", "wrong password", "next", "a fresh password");
        for (int i = 0; i < 10; i++) {
            assertThat(owner.api().post("/api/v1/me/password", wrong).status()).isEqualTo(400);
        }

        assertThat(owner.api()
                        .post("/api/v1/me/password", Map.of("present", PASSWORD, "next", "a fresh password"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void signs_out_everywhere() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply other = login(owner.owner().email().value(), PASSWORD);

        assertThat(owner.api().post("/api/v1/me/sign-out-everywhere").status()).isEqualTo(204);

        assertThat(owner.api().get("/api/v1/me").status()).isEqualTo(401);
        assertThat(anonymous()
                        .post("/api/v1/auth/refresh", Map.of("refreshToken", other.text("refreshToken")))
                        .status())
                .isEqualTo(401);
        assertThat(login(owner.owner().email().value(), PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void has_no_account_for_a_key() {
        String key = newTenant()
                .api()
                .post("/api/v1/api-keys", Map.of("name", "Key", "role", "OWNER"))
                .text("key");
        ApiClient program = anonymous().withToken(key);

        assertThat(program.post("/api/v1/me/sign-out-everywhere").status()).isEqualTo(403);
        assertThat(program.post("/api/v1/me/password", Map.of("present", PASSWORD, "next", PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void says_that_no_mail_is_sent_here() {
        assertThat(anonymous()
                        .post(
                                "/api/v1/auth/forgot",
                                Map.of("email", address("nobody").value()))
                        .status())
                .isEqualTo(404);
    }

    private ApiClient.Reply invite(SignedInOwner owner, String name, String role) {
        return owner.api()
                .post("/api/v1/invitations", Map.of("email", address(name).value(), "role", role));
    }

    private static String token(ApiClient.Reply invited) {
        return invited.text("path").replace("invitation/", "");
    }

    private ApiClient.Reply join(String token, String password) {
        return anonymous()
                .post("/api/v1/auth/join", Map.of("token", token, "name", "Gita Guest", "password", password));
    }

    private ApiClient.Reply login(String email, String password) {
        return anonymous().post("/api/v1/auth/login", Map.of("email", email, "password", password));
    }
}
