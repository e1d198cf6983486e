package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses what of the passages a model is given, and joins those that follow each other, so that it reads them as they were written. */
final class Packing {

    private Packing() {}

    /**
     * Best first; a joined text stands where its best part stood.
     *
     * @param passages best first
     * @param budget tokens of all texts together; the best passage is taken however long it is
     */
    static List<Context> pack(List<Passage> passages, int budget) {
        List<Passage> chosen = new ArrayList<>();
        int tokens = 0;
        for (Passage passage : passages) {
            if (chosen.isEmpty() || tokens + passage.tokens() <= budget) {
                chosen.add(passage);
                tokens += passage.tokens();
            }
        }
        Map<ChunkId, List<Passage>> runs = new LinkedHashMap<>();
        for (Passage passage : chosen) {
            runs.put(passage.chunk(), run(passage, chosen));
        }
        return runs.entrySet().stream()
                .filter(entry -> best(entry.getValue(), chosen).equals(entry.getKey()))
                .map(entry -> join(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** What follows and precedes a passage without a gap, in document order. */
    private static List<Passage> run(Passage passage, List<Passage> chosen) {
        List<Passage> inDocument = chosen.stream()
                .filter(other -> other.document().equals(passage.document()))
                .sorted(Comparator.comparingInt(Passage::ordinal))
                .toList();
        int at = inDocument.indexOf(passage);
        int first = at;
        while (first > 0
                && inDocument.get(first - 1).ordinal() == inDocument.get(first).ordinal() - 1) {
            first--;
        }
        int last = at;
        while (last + 1 < inDocument.size()
                && inDocument.get(last + 1).ordinal() == inDocument.get(last).ordinal() + 1) {
            last++;
        }
        return inDocument.subList(first, last + 1);
    }

    private static ChunkId best(List<Passage> run, List<Passage> chosen) {
        return run.stream()
                .min(Comparator.comparingInt(chosen::indexOf))
                .orElseThrow()
                .chunk();
    }

    private static Context join(ChunkId best, List<Passage> run) {
        Passage first = run.getFirst();
        if (run.size() == 1) {
            return new Context(first, run);
        }
        List<String> shared = first.headingPath();
        for (Passage part : run) {
            shared = shared.subList(0, common(shared, part.headingPath()));
        }
        StringBuilder text = new StringBuilder();
        List<String> before = shared;
        for (Passage part : run) {
            if (!text.isEmpty()) {
                text.append("\n\n");
            }
            if (!part.headingPath().equals(before)) {
                text.append(String.join(
                                " > ",
                                part.headingPath()
                                        .subList(
                                                shared.size(),
                                                part.headingPath().size())))
                        .append('\n');
                before = part.headingPath();
            }
            text.append(part.text());
        }
        Passage named = run.stream()
                .filter(part -> part.chunk().equals(best))
                .findFirst()
                .orElseThrow();
        int tokens = run.stream().mapToInt(Passage::tokens).sum();
        return new Context(named.withText(shared, text.toString(), tokens), run);
    }

    private static int common(List<String> one, List<String> other) {
        int same = 0;
        while (same < Math.min(one.size(), other.size()) && one.get(same).equals(other.get(same))) {
            same++;
        }
        return same;
    }
}
