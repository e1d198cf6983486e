package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInTest extends WebTest {

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

    private ApiClient.Reply login(String email, String password) {
        return anonymous().post("/api/v1/auth/login", Map.of("email", email, "password", password));
    }
}
