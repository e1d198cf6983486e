package io.switchboard.limits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.whatsapp.meta.MetaTest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * Checklist: ASVS 6.3.1 (wrong passwords and requests for links, by address and account), 2.4.1.
 *
 * <p>Each test comes from an address of its own, as a proxy would say; what a bucket gets back meanwhile only makes them longer.
 */
@TestPropertySource(
        properties = {
            "switchboard.limits.api-per-address=40",
            "switchboard.limits.api-per-tenant=25",
            "switchboard.limits.failed-sign-ins=3",
            "switchboard.limits.bad-deliveries=4",
            "switchboard.limits.trusted-proxies=127.0.0.1,::1",
            "switchboard.smtp.host=localhost",
            "switchboard.smtp.port=1",
            "switchboard.smtp.from=bots@example.org",
            "switchboard.smtp.security=none",
            "switchboard.public-url=http://localhost:8080"
        })
class LimitsTest extends MetaTest {

    private static final int PATIENCE = 500;

    @Test
    void refuses_an_address_that_asks_too_much_and_nobody_else() {
        ApiClient busy = from("203.0.113.1");

        ApiClient.Reply refused = until429(() -> busy.get("/api/v1/me"));

        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(refused.json().path("status").asInt()).isEqualTo(429);
        assertThat(refused.text("detail")).contains("your address");
        assertThat(from("203.0.113.2").get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void believes_no_address_that_the_client_wrote_itself() {
        ApiClient.Reply refused = until429(new Supplier<>() {
            private int request;

            @Override
            public ApiClient.Reply get() {
                return from("198.51.100." + request++ % 250 + ", 203.0.113.3").get("/api/v1/me");
            }
        });

        assertThat(refused.text("detail")).contains("your address");
    }

    @Test
    void refuses_a_tenant_that_asks_too_much_and_no_other() {
        SignedInOwner busy = newTenant();
        SignedInOwner other = newTenant();
        Supplier<ApiClient.Reply> fromEverywhere = new Supplier<>() {
            private int request;

            @Override
            public ApiClient.Reply get() {
                return busy.api()
                        .withHeader("X-Forwarded-For", "198.18.0." + request++ % 250)
                        .get("/api/v1/bots");
            }
        };

        ApiClient.Reply refused = until429(fromEverywhere);

        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(refused.text("detail")).contains("tenant");
        assertThat(other.api()
                        .withHeader("X-Forwarded-For", "203.0.113.4")
                        .get("/api/v1/bots")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void lets_nobody_try_password_after_password() {
        SignedInOwner owner = newTenant();
        String email = owner.owner().email().value();

        ApiClient.Reply refused = until429(() -> login("203.0.113.5", email, "wrong password"));

        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(login("203.0.113.6", email, PASSWORD).status())
                .as("the owner, from elsewhere")
                .isEqualTo(200);
    }

    @Test
    void counts_no_password_that_is_right() {
        SignedInOwner owner = newTenant();

        for (int i = 0; i < 10; i++) {
            assertThat(login("203.0.113.7", owner.owner().email().value(), PASSWORD)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void mails_links_to_no_address_after_address() {
        ApiClient.Reply refused =
                until429(() -> forgot("203.0.113.8", address("anybody").value()));

        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(refused.text("detail")).contains("your address");
        assertThat(forgot("203.0.113.8", address("anybody").value()).status()).isEqualTo(429);
        assertThat(forgot("203.0.113.9", address("anybody").value()).status())
                .as("from elsewhere")
                .isEqualTo(202);
    }

    @Test
    void keeps_nobody_from_signing_in_who_asks_for_links() {
        SignedInOwner owner = newTenant();
        String email = owner.owner().email().value();
        until429(() -> forgot("203.0.113.10", email));

        assertThat(login("203.0.113.10", email, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void takes_every_signed_delivery_beside_any_number_of_forged_ones() {
        Line line = newLine(newTenant(), List.of());
        byte[] forged = "{}".getBytes(UTF_8);

        ApiClient.Reply refused = until429(() -> line.webhook().deliver(forged, "sha256=" + "0".repeat(64)));

        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        for (int i = 0; i < 10; i++) {
            assertThat(line.webhook()
                            .text(newMessageId(), "4915550001", "When do you open?")
                            .status())
                    .isEqualTo(200);
        }
    }

    private ApiClient from(String address) {
        return anonymous().withHeader("X-Forwarded-For", address);
    }

    private ApiClient.Reply forgot(String from, String email) {
        return from(from).post("/api/v1/auth/forgot", Map.of("email", email));
    }

    private ApiClient.Reply login(String address, String email, String password) {
        return from(address).post("/api/v1/auth/login", Map.of("email", email, "password", password));
    }

    private static ApiClient.Reply until429(Supplier<ApiClient.Reply> request) {
        for (int i = 0; i < PATIENCE; i++) {
            ApiClient.Reply reply = request.get();
            if (reply.status() == 429) {
                return reply;
            }
        }
        throw new AssertionError("never refused");
    }
}
