package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.kernel.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentVectorsTest {

    private final CountingEmbedder model = new CountingEmbedder();
    private final RecentVectors vectors = new RecentVectors(model);
    private final TenantId tenant = TenantId.next();

    @Test
    void gives_each_text_its_own_vector_in_the_order_asked() {
        vectors.ofPassages(tenant, List.of("bb"));

        List<float[]> found = vectors.ofPassages(tenant, List.of("a", "bb", "ccc", "a"));

        assertThat(found).extracting(vector -> vector[1]).containsExactly(1f, 2f, 3f, 1f);
    }

    @Test
    void asks_the_model_only_for_what_it_has_not_seen() {
        vectors.ofPassages(tenant, List.of("a", "bb", "a"));
        vectors.ofPassages(tenant, List.of("bb", "ccc"));
        vectors.ofQuestion(tenant, "why");
        vectors.ofQuestion(tenant, "why");

        assertThat(model.asked).containsExactly("passage a", "passage bb", "passage ccc", "question why");
    }

    @Test
    void keeps_a_question_apart_from_a_passage_with_the_same_text() {
        assertThat(vectors.ofPassages(tenant, List.of("same")).getFirst()[0]).isEqualTo(0f);

        assertThat(vectors.ofQuestion(tenant, "same")[0]).isEqualTo(1f);
    }

    @Test
    void does_not_show_another_tenants_vectors_by_being_fast() {
        vectors.ofQuestion(tenant, "secret");
        vectors.ofQuestion(TenantId.next(), "secret");

        assertThat(model.asked).containsExactly("question secret", "question secret");
    }

    @Test
    void asks_again_after_the_model_failed() {
        model.failing = true;
        assertThatThrownBy(() -> vectors.ofQuestion(tenant, "why")).isInstanceOf(EmbedderException.class);
        model.failing = false;

        assertThat(vectors.ofQuestion(tenant, "why")[1]).isEqualTo(3f);
    }

    /** A vector says whether it is a question's, and how long the text is. */
    private static final class CountingEmbedder implements Embedder {

        private final List<String> asked = new ArrayList<>();
        private boolean failing;

        @Override
        public String model() {
            return "counting";
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public int maxTokens() {
            return 100;
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public boolean understands(String language) {
            return true;
        }

        @Override
        public List<float[]> embedPassages(List<String> texts) {
            return texts.stream().map(text -> embed("passage", 0, text)).toList();
        }

        @Override
        public float[] embedQuery(String text) {
            return embed("question", 1, text);
        }

        private float[] embed(String kind, float mark, String text) {
            if (failing) {
                throw new EmbedderException("down");
            }
            asked.add(kind + " " + text);
            return new float[] {mark, text.length()};
        }
    }
}
