package io.switchboard.answering;

import io.switchboard.knowledge.DocumentKind;
import io.switchboard.retrieval.Passage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** The line below an answer that names where it comes from, for channels that show no citations. */
final class SourceLine {

    private static final Map<String, String> LABELS = Map.of(
            "de", "Quelle", "es", "Fuente", "fr", "Source", "it", "Fonte", "nl", "Bron", "pt", "Fonte", "tr", "Kaynak");

    private SourceLine() {}

    /** For example {@code Source: Opening hours (Handbook.pdf)}. */
    static String of(List<Passage> passages) {
        SequencedSet<String> names = new LinkedHashSet<>();
        passages.forEach(passage -> names.add(name(passage)));
        String label = LABELS.getOrDefault(passages.getFirst().language(), "Source");
        return label + ": " + String.join("; ", names);
    }

    /** The first heading is the document's title, so only what stands below it says where in the document. */
    private static String name(Passage passage) {
        List<String> headings = passage.headingPath();
        if (passage.documentKind() == DocumentKind.FAQ || headings.size() < 2) {
            return passage.documentName();
        }
        return headings.getLast() + " (" + passage.documentName() + ")";
    }
}
