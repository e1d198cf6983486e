package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.retrieval.EmbedderException;
import io.switchboard.retrieval.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiEmbedderTest {

    private final FakeProvider provider = new FakeProvider();
    private final OpenAiEmbedder embedder =
            new OpenAiEmbedder(provider.address(), "secret", "some-model", 3, InProcessEmbedder.loadTokenizer());

    @AfterEach
    void close() {
        embedder.close();
        provider.close();
    }

    @Test
    void gives_vectors_of_unit_length_in_order() {
        provider.answers(200, vectors("[3, 4, 0]", "[0, 0, 2]"));

        List<float[]> vectors = embedder.embedPassages(List.of("one", "two"));

        assertThat(vectors.get(0)).containsExactly(new float[] {0.6f, 0.8f, 0}, within(1e-6f));
        assertThat(Vectors.dot(vectors.get(1), new float[] {0, 0, 1})).isCloseTo(1, within(1e-6));
        FakeProvider.Received request = provider.received().getFirst();
        assertThat(request.path()).isEqualTo("/v1/embeddings");
        assertThat(request.key()).isEqualTo("Bearer secret");
        assertThat(request.body()).contains("some-model").containsSubsequence("one", "two");
    }

    @Test
    void asks_for_nothing_without_texts() {
        assertThat(embedder.embedPassages(List.of())).isEmpty();
        assertThat(provider.received()).isEmpty();
    }

    @Test
    void refuses_vectors_of_another_length() {
        provider.answers(200, vectors("[1, 0]"));

        assertThatThrownBy(() -> embedder.embedQuery("one"))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("SWITCHBOARD_EMBEDDING_DIMENSION");
    }

    @Test
    void refuses_fewer_vectors_than_texts() {
        provider.answers(200, vectors("[1, 0, 0]"));

        assertThatThrownBy(() -> embedder.embedPassages(List.of("one", "two")))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("1 vectors for 2 texts");
    }

    @Test
    void fails_when_the_provider_fails() {
        provider.answers(401, "no such key");

        assertThatThrownBy(() -> embedder.embedQuery("one"))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("some-model");
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void asks_again_what_failed_for_a_moment() {
        provider.answers(503, "busy");
        provider.answers(200, vectors("[1, 0, 0]"));

        assertThat(embedder.embedQuery("one")).containsExactly(1, 0, 0);
    }

    @Test
    void leaves_an_endpoint_alone_that_keeps_failing() {
        for (int call = 0; call < 5; call++) {
            provider.answers(401, "no such key");
            assertThatThrownBy(() -> embedder.embedQuery("one")).isInstanceOf(EmbedderException.class);
        }

        assertThatThrownBy(() -> embedder.embedPassages(List.of("one")))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("left alone");
        assertThat(provider.received()).hasSize(5);
    }

    @Test
    void gets_every_vector_out_of_a_provider_that_takes_little_and_answers_in_disorder() {
        try (NastyEmbeddings nasty = new NastyEmbeddings();
                OpenAiEmbedder patient =
                        new OpenAiEmbedder(nasty.address(), "secret", "nasty", 3, InProcessEmbedder.loadTokenizer())) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                texts.add("a".repeat(10 + i));
            }
            texts.set(17, "long ".repeat(200));

            List<float[]> vectors = patient.embedPassages(texts);

            assertThat(vectors).hasSameSizeAs(texts);
            for (int i = 0; i < texts.size(); i++) {
                int read = i == 17 ? 250 : texts.get(i).length();
                assertThat(vectors.get(i))
                        .as("text %d", i)
                        .containsExactly(NastyEmbeddings.vector(read), within(1e-5f));
            }
            int before = nasty.batches().size();
            patient.embedPassages(texts.subList(30, 60));
            assertThat(nasty.batches().subList(before, nasty.batches().size()))
                    .as("what it takes at once is known now")
                    .hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void reads_of_a_text_as_much_as_the_model_takes() {
        provider.answers(200, vectors("[1, 0, 0]"));

        embedder.embedPassages(List.of("ferry ".repeat(2000)));

        assertThat(provider.received().getFirst().body().split("ferry", -1)).hasSizeBetween(500, 511);
    }

    @Test
    void leaves_a_provider_alone_for_as_long_as_it_wants_and_says_until_when() {
        provider.answers(429, "slow down", "Retry-After", "600");

        assertThatThrownBy(() -> embedder.embedPassages(List.of("one")))
                .isInstanceOfSatisfying(
                        EmbedderException.class,
                        failure -> assertThat(failure.retryAfter())
                                .hasValueSatisfying(wait ->
                                        assertThat(wait).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(760))));
        assertThatThrownBy(() -> embedder.embedQuery("two"))
                .isInstanceOfSatisfying(
                        EmbedderException.class,
                        failure -> assertThat(failure.retryAfter()).isPresent());
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void refuses_what_is_no_vector() {
        provider.answers(200, vectors("[1, \"x\", 0]"));
        assertThatThrownBy(() -> embedder.embedQuery("one"))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("no number");

        provider.answers(200, "<html>");
        assertThatThrownBy(() -> embedder.embedQuery("one"))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("no JSON");
    }

    @Test
    void names_a_text_that_is_refused_however_short() {
        for (int i = 0; i < 5; i++) {
            provider.answers(400, "I do not like it");
        }

        assertThatThrownBy(() -> embedder.embedPassages(List.of("some words in a row")))
                .isInstanceOf(EmbedderException.class)
                .hasMessageContaining("I do not like it");
        assertThat(provider.received()).hasSize(5);
    }

    @Test
    void counts_tokens_without_asking() {
        assertThat(embedder.countTokens("when do you open?")).isEqualTo(5);
        assertThat(provider.received()).isEmpty();
    }

    private static String vectors(String... vectors) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < vectors.length; i++) {
            data.append(i == 0 ? "" : ", ")
                    .append("{\"object\": \"embedding\", \"index\": %d, \"embedding\": %s}".formatted(i, vectors[i]));
        }
        return "{\"object\": \"list\", \"model\": \"m\", \"data\": [" + data
                + "], \"usage\": {\"prompt_tokens\": 4, \"total_tokens\": 4}}";
    }
}
