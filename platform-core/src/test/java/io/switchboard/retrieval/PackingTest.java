package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.knowledge.DocumentKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackingTest {

    private static final DocumentId HANDBOOK = DocumentId.next();
    private static final DocumentId LEAFLET = DocumentId.next();

    @Test
    void joins_what_follows_each_other_where_the_best_of_it_stood() {
        Passage first = passage(HANDBOOK, 4, "Hours", "We open at nine.", 10);
        Passage other = passage(LEAFLET, 0, "Dogs", "No dogs.", 10);
        Passage next = passage(HANDBOOK, 5, "Hours", "We close at five.", 10);
        Passage before = passage(HANDBOOK, 3, "Way", "Take the tram.", 10);
        Passage far = passage(HANDBOOK, 9, "Cafe", "Soup until four.", 10);

        List<Context> contexts = Packing.pack(List.of(next, other, first, before, far), 100);

        assertThat(contexts)
                .extracting(context -> context.passage().text())
                .containsExactly(
                        "Way\nTake the tram.\n\nHours\nWe open at nine.\n\nWe close at five.",
                        "No dogs.",
                        "Soup until four.");
        assertThat(contexts.getFirst().passage().chunk()).isEqualTo(next.chunk());
        assertThat(contexts.getFirst().passage().headingPath()).containsExactly("Handbook");
        assertThat(contexts.getFirst().passage().tokens()).isEqualTo(30);
        assertThat(contexts.getFirst().parts()).containsExactly(before, first, next);
        assertThat(contexts.get(1).passage()).isEqualTo(other);
    }

    @Test
    void leaves_out_what_exceeds_the_budget_but_never_the_best() {
        Passage best = passage(HANDBOOK, 0, "Hours", "long", 120);
        Passage tooLong = passage(LEAFLET, 0, "Hours", "long too", 90);
        assertThat(Packing.pack(List.of(best, tooLong), 100))
                .extracting(Context::passage)
                .containsExactly(best);

        Passage small = passage(HANDBOOK, 7, "Hours", "small", 30);
        assertThat(Packing.pack(List.of(small, tooLong, passage(LEAFLET, 5, "Dogs", "dogs", 60)), 100))
                .extracting(context -> context.passage().text())
                .containsExactly("small", "dogs");
        assertThat(Packing.pack(List.of(), 100)).isEmpty();
    }

    private static Passage passage(DocumentId document, int ordinal, String heading, String text, int tokens) {
        return new Passage(
                ChunkId.next(),
                document,
                "handbook.pdf",
                DocumentKind.FILE,
                "en",
                ordinal,
                List.of("Handbook", heading),
                text,
                tokens,
                new Passage.Scores(0.5, 1.0, 0.5));
    }
}
