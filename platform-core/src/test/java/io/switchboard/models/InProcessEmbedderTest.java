package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.retrieval.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class InProcessEmbedderTest {

    private static final InProcessEmbedder EMBEDDER = new InProcessEmbedder();

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    @Test
    void puts_a_question_nearer_to_its_answer_than_to_other_passages() {
        List<float[]> passages = EMBEDDER.embedPassages(List.of(
                "The museum is open from Tuesday to Sunday, 10 to 18.",
                "Dogs on a lead may enter the garden but not the galleries.",
                "Spread the butter on the bread and fry it until golden."));

        float[] question = EMBEDDER.embedQuery("When are you open?");

        double opening = Vectors.dot(question, passages.get(0));
        assertThat(opening).isGreaterThan(Vectors.dot(question, passages.get(1)) + 0.1);
        assertThat(opening).isGreaterThan(Vectors.dot(question, passages.get(2)) + 0.1);
    }

    @Test
    void makes_vectors_of_unit_length() {
        float[] vector = EMBEDDER.embedPassages(List.of("A text.")).getFirst();

        assertThat(vector).hasSize(EMBEDDER.dimension());
        assertThat(Vectors.dot(vector, vector)).isCloseTo(1, within(1e-5));
    }

    @Test
    void gives_a_text_the_same_vector_whatever_its_neighbours_are() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            texts.add("Sentence number " + i + ". ".repeat(i) + "more words ".repeat(i));
        }

        List<float[]> together = EMBEDDER.embedPassages(texts);

        for (int i = 0; i < texts.size(); i++) {
            assertThat(together.get(i))
                    .containsExactly(
                            EMBEDDER.embedPassages(List.of(texts.get(i))).getFirst());
        }
    }

    @Test
    void ignores_what_exceeds_the_longest_input() {
        String longest = "word ".repeat(EMBEDDER.maxTokens());

        assertThat(EMBEDDER.embedPassages(List.of(longest + "and more")))
                .first()
                .isEqualTo(EMBEDDER.embedPassages(List.of(longest)).getFirst());
    }

    @Test
    void embeds_nothing_from_nothing() {
        assertThat(EMBEDDER.embedPassages(List.of())).isEmpty();
    }
}
