package io.switchboard.retrieval;

import io.switchboard.kernel.ChunkId;
import io.switchboard.retrieval.Candidate.Fate;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.Fusion.Ranked;
import io.switchboard.retrieval.NearDuplicates.Distinct;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of the candidates of a search.
 *
 * @param passages that were found
 * @param contexts that are put before a model
 * @param trace every candidate
 */
record Selection(List<Passage> passages, List<Context> contexts, List<Candidate> trace) {

    /** Tokens. Measured on 944 questions, the best 1,500 of passages of up to 400 hold 92.7 % of the words that answer them. */
    private static final int BUDGET = 2_000;

    /**
     * Drops what others say better, cuts and packs.
     *
     * @param ranked all candidates, best first
     * @param considered how many of them were looked at closer
     * @param loaded those that are ready, best first, as a reranker may have it
     */
    static Selection of(
            List<Ranked> ranked, int considered, List<Passage> loaded, List<Hit> dense, List<Hit> lexical, int limit) {
        Distinct distinct = NearDuplicates.dropFrom(loaded);
        List<Passage> passages =
                distinct.kept().subList(0, Math.min(limit, distinct.kept().size()));
        List<Context> contexts = Packing.pack(passages, BUDGET);
        Set<ChunkId> packed = contexts.stream()
                .flatMap(context -> context.parts().stream())
                .map(Passage::chunk)
                .collect(Collectors.toSet());
        Map<ChunkId, Fate> fates = new HashMap<>();
        ranked.subList(0, considered).forEach(candidate -> fates.put(candidate.chunk(), Fate.NOT_READY));
        loaded.forEach(passage -> fates.put(passage.chunk(), Fate.BEYOND_LIMIT));
        distinct.sameAs().keySet().forEach(chunk -> fates.put(chunk, Fate.DUPLICATE));
        passages.forEach(passage ->
                fates.put(passage.chunk(), packed.contains(passage.chunk()) ? Fate.PACKED : Fate.OVER_BUDGET));
        return new Selection(passages, contexts, trace(inOrder(ranked, loaded), fates, distinct, dense, lexical));
    }

    /** A reranker has put those that were loaded in another order; they take each other's places. */
    private static List<Ranked> inOrder(List<Ranked> ranked, List<Passage> loaded) {
        Set<ChunkId> ready = loaded.stream().map(Passage::chunk).collect(Collectors.toSet());
        Iterator<Passage> next = loaded.iterator();
        List<Ranked> ordered = new ArrayList<>();
        for (Ranked candidate : ranked) {
            if (ready.contains(candidate.chunk())) {
                Passage passage = next.next();
                ordered.add(new Ranked(passage.chunk(), passage.scores()));
            } else {
                ordered.add(candidate);
            }
        }
        return ordered;
    }

    private static List<Candidate> trace(
            List<Ranked> ordered, Map<ChunkId, Fate> fates, Distinct distinct, List<Hit> dense, List<Hit> lexical) {
        Map<ChunkId, Integer> denseRanks = ranks(dense);
        Map<ChunkId, Integer> lexicalRanks = ranks(lexical);
        List<Candidate> trace = new ArrayList<>();
        for (Ranked candidate : ordered) {
            ChunkId chunk = candidate.chunk();
            trace.add(new Candidate(
                    chunk,
                    trace.size() + 1,
                    denseRanks.get(chunk),
                    lexicalRanks.get(chunk),
                    candidate.scores(),
                    fates.getOrDefault(chunk, Fate.BEYOND_LIMIT),
                    distinct.sameAs().get(chunk)));
        }
        return trace;
    }

    private static Map<ChunkId, Integer> ranks(List<Hit> hits) {
        Map<ChunkId, Integer> ranks = HashMap.newHashMap(hits.size());
        for (int i = 0; i < hits.size(); i++) {
            ranks.putIfAbsent(hits.get(i).chunk(), i + 1);
        }
        return ranks;
    }
}
