package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.kernel.TenantId;
import io.switchboardtest.FakeEmbedder;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentVectorsTest {

    private final FakeEmbedder model = new FakeEmbedder();
    private final RecentVectors vectors = new RecentVectors(_ -> model);
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

        assertThat(model.asked()).containsExactly("passage a", "passage bb", "passage ccc", "question why");
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

        assertThat(model.asked()).containsExactly("question secret", "question secret");
    }

    @Test
    void asks_again_after_the_model_failed() {
        model.failing(true);
        assertThatThrownBy(() -> vectors.ofQuestion(tenant, "why")).isInstanceOf(EmbedderException.class);
        model.failing(false);

        assertThat(vectors.ofQuestion(tenant, "why")[1]).isEqualTo(3f);
    }
}
