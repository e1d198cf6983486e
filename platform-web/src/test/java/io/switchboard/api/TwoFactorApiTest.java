package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.Authenticator;
import io.switchboard.WebTest;
import io.switchboard.access.User;
import io.switchboard.permissions.Role;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checklist: ASVS 6.5.1. */
class TwoFactorApiTest extends WebTest {

    private static final String PATH = "/api/v1/me/two-factor";

    @Test
    void asks_for_the_code_at_sign_in_and_takes_none_twice() {
        SignedInOwner owner = newTenant();
        Authenticator app = enrol(owner.api());

        ApiClient.Reply without = login(owner.owner(), null);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.text("/errors/0/field")).isEqualTo("code");
        assertThat(login(owner.owner(), "000000").status()).isEqualTo(401);
        String code = app.code(1);
        ApiClient.Reply with = login(owner.owner(), code);
        assertThat(with.status()).as(with.toString()).isEqualTo(200);
        assertThat(login(owner.owner(), code).status()).as("again").isEqualTo(401);
        assertThat(anonymous()
                        .withToken(with.text("accessToken"))
                        .get(PATH)
                        .json()
                        .path("on")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void signs_in_with_a_recovery_code_and_turns_off_with_another() {
        SignedInOwner owner = newTenant();
        Authenticator app = new Authenticator(owner.api().post(PATH).text("secret"));
        ApiClient.Reply confirmed = owner.api().post(PATH + "/confirm", Map.of("code", app.code(0)));
        assertThat(confirmed.json().path("recoveryCodes").size()).isEqualTo(10);

        assertThat(login(owner.owner(), confirmed.text("/recoveryCodes/0")).status())
                .isEqualTo(200);
        assertThat(login(owner.owner(), confirmed.text("/recoveryCodes/0")).status())
                .isEqualTo(401);
        assertThat(owner.api().get(PATH).json().path("recoveryCodes").asInt()).isEqualTo(9);
        assertThat(owner.api().post(PATH).status()).as("another secret").isEqualTo(409);
        assertThat(owner.api()
                        .post(PATH + "/turn-off", Map.of("code", "000000"))
                        .status())
                .isEqualTo(400);
        assertThat(owner.api()
                        .post(PATH + "/turn-off", Map.of("code", confirmed.text("/recoveryCodes/1")))
                        .status())
                .isEqualTo(204);
        assertThat(login(owner.owner(), null).status()).isEqualTo(200);
    }

    @Test
    void tells_a_right_password_without_code_from_a_wrong_one_only_to_those_who_know_it() {
        SignedInOwner owner = newTenant();
        enrol(owner.api());

        ApiClient.Reply wrong = anonymous()
                .post(
                        "/api/v1/auth/login",
                        Map.of("email", owner.owner().email().value(), "password", "wrong password", "code", "000000"));

        assertThat(wrong.text("detail")).isEqualTo("E-mail address and password do not match.");
    }

    @Test
    void stops_guesses_of_the_code_whatever_address_they_come_from() {
        SignedInOwner owner = newTenant();
        Authenticator app = enrol(owner.api());
        for (int i = 0; i < 10; i++) {
            assertThat(login(owner.owner(), "000000").status()).isEqualTo(401);
        }

        assertThat(login(owner.owner(), app.code(1)).status()).isEqualTo(429);
    }

    @Test
    void is_asked_of_all_when_an_owner_requires_it() {
        SignedInOwner owner = newTenant();
        ApiClient admin = newMember(owner.tenant(), Role.ADMIN);
        String key = owner.api()
                .post("/api/v1/api-keys", Map.of("name", "Website", "role", "EDITOR"))
                .text("key");
        assertThat(admin.put("/api/v1/access-policy", Map.of("secondFactorRequired", true))
                        .status())
                .isEqualTo(403);
        enrol(owner.api());

        assertThat(owner.api()
                        .put("/api/v1/access-policy", Map.of("secondFactorRequired", true))
                        .status())
                .isEqualTo(200);

        ApiClient.Reply closed = admin.get("/api/v1/knowledge-bases");
        assertThat(closed.status()).isEqualTo(403);
        assertThat(closed.text("detail")).contains("second factor");
        assertThat(admin.withHeader("X-Tenant", owner.tenant().slug().value())
                        .get("/api/v1/knowledge-bases")
                        .status())
                .isEqualTo(403);
        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(200);
        assertThat(anonymous().withToken(key).get("/api/v1/knowledge-bases").status())
                .as("a program has no phone")
                .isEqualTo(200);
        enrol(admin);
        assertThat(admin.get("/api/v1/knowledge-bases").status()).isEqualTo(200);
        assertThat(admin.get("/api/v1/access-policy")
                        .json()
                        .path("secondFactorRequired")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void lets_an_operator_help_and_nobody_else() {
        SignedInOwner owner = newTenant();
        enrol(owner.api());
        ApiClient operator = newOperator();
        String id = operator.get("/api/v1/users?email=" + owner.owner().email().value())
                .text("/items/0/id");
        String path = "/api/v1/users/" + id;
        assertThat(id).isEqualTo(owner.owner().id().toString());
        assertThat(owner.api().post(path + "/two-factor-reset").status()).isEqualTo(403);

        assertThat(operator.post(path + "/two-factor-reset").status()).isEqualTo(204);
        assertThat(operator.post(path + "/two-factor-reset").status()).isEqualTo(409);
        assertThat(login(owner.owner(), null).status()).isEqualTo(200);

        assertThat(operator.post(path + "/suspend").json().path("suspended").asBoolean())
                .isTrue();
        assertThat(login(owner.owner(), null).status()).isEqualTo(401);
        assertThat(operator.post(path + "/resume").json().path("suspended").asBoolean())
                .isFalse();
        assertThat(operator.post(path + "/password-reset").text("path")).startsWith("reset/");
        assertThat(operator.post(path + "/sign-out").status()).isEqualTo(204);
        assertThat(operator.post("/api/v1/users/0190a3b0-0000-7000-8000-000000000000/sign-out")
                        .status())
                .isEqualTo(404);
        String self = operator.get("/api/v1/me").text("id");
        assertThat(operator.post("/api/v1/users/" + self + "/suspend").status()).isEqualTo(409);
    }

    private static Authenticator enrol(ApiClient client) {
        ApiClient.Reply begun = client.post(PATH);
        assertThat(begun.status()).as(begun.toString()).isEqualTo(200);
        Authenticator app = new Authenticator(begun.text("secret"));
        assertThat(client.post(PATH + "/confirm", Map.of("code", app.code(0))).status())
                .isEqualTo(200);
        return app;
    }

    private ApiClient.Reply login(User user, String code) {
        Map<String, String> body = new HashMap<>(Map.of("email", user.email().value(), "password", PASSWORD));
        if (code != null) {
            body.put("code", code);
        }
        return anonymous().post("/api/v1/auth/login", body);
    }
}
