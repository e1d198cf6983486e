package io.switchboard.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.kernel.EmailAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Checklist: ASVS 16.5.1 and 13.4.2. */
class HealthTest extends WebTest {

    @Test
    void names_every_dependency_to_anybody_and_explains_them_to_operators() {
        ApiClient.Reply open = anonymous().get("/health");
        ApiClient.Reply detailed = newOperator().get("/health");

        assertThat(open.status()).as(open.toString()).isEqualTo(200);
        assertThat(open.text("status")).isEqualTo("UP");
        assertThat(open.response().body())
                .contains("database", "vector index", "embedder", "model provider")
                .doesNotContain("details");
        assertThat(newTenant().api().get("/health").response().body()).doesNotContain("details");
        assertThat(detailed.text("/dependencies/0/details/version")).startsWith("17");
        assertThat(detailed.text("/dependencies/1/details/store")).isEqualTo("embedded");
    }

    @Test
    void keeps_figures_for_operators() {
        String email = address("operator").value();
        ApiClient operator = newOperator();
        access.ensureOperator(new EmailAddress(email), PASSWORD);

        assertThat(anonymous().get("/actuator/health").text("status")).isEqualTo("UP");
        assertThat(anonymous().get("/actuator/health").response().body()).doesNotContain("components");
        assertThat(anonymous().get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(anonymous().get("/actuator/env").status()).isEqualTo(401);
        assertThat(newTenant().api().get("/actuator/prometheus").status()).isEqualTo(403);
        assertThat(operator.get("/actuator/prometheus").response().body()).contains("jvm_memory_used_bytes");
        assertThat(basic(email, PASSWORD).get("/actuator/prometheus").status()).isEqualTo(200);
        assertThat(basic(email, "wrong password").get("/actuator/prometheus").status())
                .isEqualTo(401);
    }

    @Test
    void tells_what_is_down_without_waiting_long() {
        CountDownLatch never = new CountDownLatch(1);
        try (HealthCheck check = new HealthCheck(List.of(
                new Dependency("fine", true, () -> Map.of("version", "1")),
                new Dependency("broken", false, () -> {
                    throw new IllegalStateException("no connection");
                }),
                new Dependency("silent", true, () -> {
                    never.await();
                    return Map.of();
                })))) {

            List<DependencyState> states = check.run();

            assertThat(states).extracting(DependencyState::up).containsExactly(true, false, false);
            assertThat(states.get(1).details().toString()).contains("no connection");
            assertThat(states.get(2).details().toString()).contains("no answer within 3 s");
        }
    }

    private ApiClient basic(String email, String password) {
        String credentials =
                Base64.getEncoder().encodeToString((email + ":" + password).getBytes(StandardCharsets.UTF_8));
        return anonymous().withHeader("Authorization", "Basic " + credentials);
    }
}
