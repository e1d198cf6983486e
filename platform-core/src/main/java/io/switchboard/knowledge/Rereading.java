package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import io.switchboard.knowledge.ChunkRow.Proposal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what a document says now with what people did to its chunks before. A chunk is recognised by its text and headings, or by
 * its text alone if it moved; it keeps its id then, and with it every change. Where the text under a change is another now, or gone, the
 * change stays as it is and the chunk is in conflict. Only chunks that nobody touched come and go without a trace.
 */
final class Rereading {

    /** Share of threes of characters from which two texts are versions of one another; headings and place count too. */
    private static final double SAME_PASSAGE = 0.5;

    private static final double WORTH_OF_HEADINGS = 0.2;
    private static final double WORTH_OF_PLACE = 0.1;

    private final List<ChunkRow> before;
    private final List<NewChunk> said;
    private final Map<ChunkId, ChunkRow> after = new HashMap<>();
    private final Map<Integer, ChunkRow> owners = new HashMap<>();

    private Rereading(List<ChunkRow> before, List<NewChunk> said) {
        this.before = before;
        this.said = said;
    }

    /**
     * All chunks of the document from now on, in its order; what it does not say itself comes after what it came after before.
     *
     * @param before in order
     * @param said what was read now, in order
     */
    static List<ChunkRow> merge(List<ChunkRow> before, List<NewChunk> said) {
        Rereading reading = new Rereading(before, said);
        reading.recognise();
        reading.findVersions();
        return reading.inOrder();
    }

    private void recognise() {
        match(row -> ChunkRow.hashOf(row.headingPath(), row.base()), NewChunk::textHash, Rereading::unchanged);
        match(row -> row.proposal() == null ? null : row.proposal().hash(), NewChunk::textHash, Rereading::proposed);
        match(ChunkRow::textHash, NewChunk::textHash, Rereading::agreed);
        match(ChunkRow::base, NewChunk::text, Rereading::unchanged);
        match(row -> row.proposal() == null ? null : row.proposal().text(), NewChunk::text, Rereading::proposed);
        match(ChunkRow::text, NewChunk::text, Rereading::agreed);
    }

    private static ChunkRow unchanged(ChunkRow row, NewChunk chunk) {
        return row.settledAt(chunk.headingPath());
    }

    private static ChunkRow proposed(ChunkRow row, NewChunk chunk) {
        return row.stillProposing(new Proposal(chunk.headingPath(), chunk.text()));
    }

    private static ChunkRow agreed(ChunkRow row, NewChunk chunk) {
        return row.agreedAt(chunk.headingPath());
    }

    /** Of equal chunks, those that a person touched are recognised first, so that no change is lost if there are fewer of them now. */
    private void match(
            Function<ChunkRow, @Nullable String> key,
            Function<NewChunk, String> saidKey,
            BiFunction<ChunkRow, NewChunk, ChunkRow> outcome) {
        Map<String, Deque<Integer>> free = new HashMap<>();
        for (int i = 0; i < said.size(); i++) {
            if (!owners.containsKey(i)) {
                free.computeIfAbsent(saidKey.apply(said.get(i)), _ -> new ArrayDeque<>())
                        .add(i);
            }
        }
        for (boolean touched : List.of(true, false)) {
            for (ChunkRow row : before) {
                if (row.touched() == touched && recognisable(row) && !after.containsKey(row.id())) {
                    String wanted = key.apply(row);
                    Deque<Integer> found = wanted == null ? null : free.get(wanted);
                    if (found != null && !found.isEmpty()) {
                        int index = found.remove();
                        settle(row, index, outcome.apply(row, said.get(index)));
                    }
                }
            }
        }
    }

    /** What a person wrote by themselves stays theirs, also when the document comes to say the same. */
    private static boolean recognisable(ChunkRow row) {
        return !row.byHand() || row.original() != null;
    }

    private void settle(ChunkRow row, int index, ChunkRow now) {
        after.put(row.id(), now);
        owners.put(index, row);
    }

    private record Likeness(ChunkRow row, int index, double score) {}

    /** Touched chunks that the document words differently now; the likest pairs come together first. */
    private void findVersions() {
        Map<Integer, Set<String>> grams = new HashMap<>();
        List<Likeness> likenesses = new ArrayList<>();
        for (int at = 0; at < before.size(); at++) {
            ChunkRow row = before.get(at);
            if (!row.touched() || row.byHand() || after.containsKey(row.id())) {
                continue;
            }
            Set<String> base = TextLikeness.grams(row.base());
            Set<String> own = TextLikeness.grams(row.text());
            for (int i = 0; i < said.size(); i++) {
                if (!owners.containsKey(i)) {
                    Set<String> words = grams.computeIfAbsent(
                            i, index -> TextLikeness.grams(said.get(index).text()));
                    double score = Math.max(TextLikeness.of(base, words), TextLikeness.of(own, words))
                            + (row.headingPath().equals(said.get(i).headingPath()) ? WORTH_OF_HEADINGS : 0)
                            + (samePlace(at, i) ? WORTH_OF_PLACE : 0);
                    if (score >= SAME_PASSAGE) {
                        likenesses.add(new Likeness(row, i, score));
                    }
                }
            }
        }
        likenesses.sort(Comparator.comparingDouble(Likeness::score).reversed());
        for (Likeness like : likenesses) {
            if (!after.containsKey(like.row().id()) && !owners.containsKey(like.index())) {
                NewChunk chunk = said.get(like.index());
                settle(like.row(), like.index(), like.row().proposing(new Proposal(chunk.headingPath(), chunk.text())));
            }
        }
    }

    /** Whether both come after the same chunk, or first. */
    private boolean samePlace(int at, int index) {
        if (at == 0 || index == 0) {
            return at == 0 && index == 0;
        }
        ChunkRow owner = owners.get(index - 1);
        return owner != null && owner.id().equals(before.get(at - 1).id());
    }

    private List<ChunkRow> inOrder() {
        List<ChunkRow> ordered = new ArrayList<>();
        Map<ChunkId, List<ChunkRow>> followers = new HashMap<>();
        List<ChunkRow> first = new ArrayList<>();
        ChunkId anchor = null;
        for (ChunkRow row : before) {
            if (after.containsKey(row.id())) {
                anchor = row.id();
            } else if (row.touched()) {
                ChunkRow kept = row.byHand() ? row : row.lost();
                (anchor == null ? first : followers.computeIfAbsent(anchor, _ -> new ArrayList<>())).add(kept);
            }
        }
        ordered.addAll(first);
        for (int i = 0; i < said.size(); i++) {
            ChunkRow owner = owners.get(i);
            if (owner == null) {
                ordered.add(ChunkRow.of(said.get(i)));
            } else {
                ordered.add(after.getOrDefault(owner.id(), owner));
                ordered.addAll(followers.getOrDefault(owner.id(), List.of()));
            }
        }
        return ordered;
    }
}
