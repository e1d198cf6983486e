package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.answering.SimilarityScale.Calibration;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.Library;
import io.switchboardtest.SwitchboardTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@SwitchboardTest
@Import(Library.class)
class SimilarityScaleTest {

    @Autowired
    Embedder embedder;

    @Test
    void puts_the_middle_of_unrelated_texts_at_0_and_of_answers_at_1() {
        SimilarityScale scale = new SimilarityScale(embedder);

        assertThat(scale.place(0.457)).isCloseTo(0, within(1e-9));
        assertThat(scale.place(0.730)).isCloseTo(1, within(1e-9));
        assertThat(scale.place(0.3)).isNegative();
    }

    @Test
    void finds_nearly_the_same_scale_by_its_own_pairs_as_was_measured() {
        Calibration found = SimilarityScale.measure(embedder);

        assertThat(found.unrelated()).isCloseTo(0.457, within(0.06));
        assertThat(found.matching()).isCloseTo(0.730, within(0.06));
    }
}
