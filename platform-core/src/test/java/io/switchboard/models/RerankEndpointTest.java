package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.SettingException;
import io.switchboard.retrieval.RerankerException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RerankEndpointTest {

    private static final List<String> TEXTS = List.of("Dogs stay outside.", "We open at nine.");

    private final FakeProvider provider = new FakeProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void gives_each_text_its_score_in_whatever_order_they_come() {
        provider.answers(200, """
                {"model": "m", "results": [{"index": 1, "relevance_score": 0.97}, {"index": 0, "relevance_score": 0.02}]}
                """);
        try (RerankEndpoint reranker = reranker(Duration.ofSeconds(20))) {
            assertThat(reranker.score("When do you open?", TEXTS)).containsExactly(0.02, 0.97);
            assertThat(reranker.model()).isEqualTo("m");
        }

        FakeProvider.Received request = provider.received().getFirst();
        assertThat(request.path()).isEqualTo("/v1/rerank");
        assertThat(request.key()).contains("secret");
        assertThat(request.body())
                .contains("\"query\":\"When do you open?\"", "\"model\":\"m\"", "\"top_n\":2", "Dogs stay outside.");
    }

    @Test
    void fails_on_refusals_on_nonsense_and_on_missing_scores() {
        provider.answers(503, "{}");
        provider.answers(200, "<html>");
        provider.answers(200, "{\"results\": [{\"index\": 0, \"relevance_score\": 0.5}]}");
        try (RerankEndpoint reranker = reranker(Duration.ofSeconds(20))) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> reranker.score("When?", TEXTS)).isInstanceOf(RerankerException.class);
            }
        }
        assertThat(provider.received()).hasSize(3);
    }

    @Test
    void gives_up_on_one_that_never_answers() {
        provider.hangs();
        try (RerankEndpoint reranker = reranker(Duration.ofMillis(200))) {
            assertThatThrownBy(() -> reranker.score("When?", TEXTS))
                    .isInstanceOf(RerankerException.class)
                    .hasMessageContaining("no answer within");
        }
    }

    @Test
    void needs_a_model_with_its_address_and_shows_no_key() {
        assertThatThrownBy(() -> new RerankSettings(provider.address(), null, " ", Duration.ofSeconds(2)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_RERANK_MODEL");
        assertThatThrownBy(() -> new RerankSettings(URI.create("ftp://x"), null, "m", Duration.ofSeconds(2)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_RERANK_BASE_URL");
        assertThatThrownBy(() -> new RerankSettings(null, null, null, Duration.ofMinutes(2)))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("SWITCHBOARD_RERANK_TIMEOUT");
        assertThat(new RerankSettings(provider.address(), "secret", "m", Duration.ofSeconds(2)))
                .asString()
                .doesNotContain("secret");
    }

    private RerankEndpoint reranker(Duration timeout) {
        return new RerankEndpoint(provider.address(), "secret", "m", timeout);
    }
}
