package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.answering.SimilarityScale.Calibration;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.Library;
import io.switchboard.retrieval.TenantEmbedders;
import io.switchboardtest.SwitchboardTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@SwitchboardTest
@Import(Library.class)
class SimilarityScaleTest {

    @Autowired
    Embedder embedder;

    @Autowired
    TenantEmbedders embedders;

    @Autowired
    Calibrations calibrations;

    @Test
    void puts_the_middle_of_unrelated_texts_at_0_and_of_answers_at_1() {
        SimilarityScale scale = new SimilarityScale(embedders, calibrations);

        assertThat(scale.place(embedder, 0.457)).isCloseTo(0, within(1e-9));
        assertThat(scale.place(embedder, 0.730)).isCloseTo(1, within(1e-9));
        assertThat(scale.place(embedder, 0.3)).isNegative();
    }

    @Test
    void finds_nearly_the_same_scale_by_its_own_pairs_as_was_measured() {
        Calibration found = SimilarityScale.measure(embedder);

        assertThat(found.unrelated()).isCloseTo(0.457, within(0.06));
        assertThat(found.matching()).isCloseTo(0.730, within(0.06));
    }

    @Test
    void measures_a_new_model_once_for_all_starts() {
        String model = "new-model-" + UUID.randomUUID();
        AtomicInteger calls = new AtomicInteger();
        Embedder unknown = new Renamed(embedder, model, calls);

        double first = new SimilarityScale(embedders, calibrations).place(unknown, 0.6);
        int measured = calls.get();
        double later = new SimilarityScale(embedders, calibrations).place(unknown, 0.6);

        assertThat(measured).isPositive();
        assertThat(calls).hasValue(measured);
        assertThat(later).isEqualTo(first);
        assertThat(calibrations.find(model)).contains(SimilarityScale.measure(embedder));
    }

    /** The same model under another name, that counts what it is asked. */
    private record Renamed(Embedder embedder, String model, AtomicInteger calls) implements Embedder {

        @Override
        public int dimension() {
            return embedder.dimension();
        }

        @Override
        public int maxTokens() {
            return embedder.maxTokens();
        }

        @Override
        public int countTokens(String text) {
            return embedder.countTokens(text);
        }

        @Override
        public boolean understands(String language) {
            return embedder.understands(language);
        }

        @Override
        public int callsAtOnce() {
            return embedder.callsAtOnce();
        }

        @Override
        public List<float[]> embedPassagesNow(List<String> texts) {
            calls.incrementAndGet();
            return embedder.embedPassagesNow(texts);
        }

        @Override
        public List<float[]> embedPassages(List<String> texts) {
            calls.incrementAndGet();
            return embedder.embedPassages(texts);
        }

        @Override
        public float[] embedQuery(String text) {
            calls.incrementAndGet();
            return embedder.embedQuery(text);
        }
    }
}
