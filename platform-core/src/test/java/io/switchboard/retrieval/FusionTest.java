package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.switchboard.kernel.ChunkId;
import io.switchboard.retrieval.ChunkIndex.Hit;
import io.switchboard.retrieval.Fusion.Ranked;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {

    private final ChunkId a = ChunkId.next();
    private final ChunkId b = ChunkId.next();
    private final ChunkId c = ChunkId.next();

    @Test
    void averages_the_stretched_scores_of_both_lists() {
        List<Hit> dense = List.of(new Hit(a, 0.9), new Hit(b, 0.8), new Hit(c, 0.5));
        List<Hit> lexical = List.of(new Hit(b, 12), new Hit(a, 6), new Hit(c, 2));

        List<Ranked> ranked = Fusion.fuse(dense, lexical, _ -> 0.5);

        assertThat(ranked).extracting(Ranked::chunk).containsExactly(b, a, c);
        assertThat(ranked.get(0).scores().fused()).isCloseTo((0.75 + 1) / 2, within(1e-9));
        assertThat(ranked.get(1).scores().fused()).isCloseTo((1 + 0.4) / 2, within(1e-9));
        assertThat(ranked.get(2).scores().fused()).isZero();
        assertThat(ranked.get(1).scores().dense()).isEqualTo(0.9);
        assertThat(ranked.get(1).scores().lexical()).isEqualTo(6);
    }

    @Test
    void counts_a_missing_score_as_nothing() {
        List<Ranked> ranked =
                Fusion.fuse(List.of(new Hit(a, 0.9), new Hit(b, 0.1)), List.of(new Hit(c, 3), new Hit(b, 1)), _ -> 0.5);

        assertThat(ranked).extracting(found -> found.scores().fused()).containsExactly(0.5, 0.5, 0.0);
        Ranked onlyLexical = ranked.stream()
                .filter(found -> found.chunk().equals(c))
                .findFirst()
                .orElseThrow();
        assertThat(onlyLexical.scores().dense()).isNull();
    }

    @Test
    void gives_the_only_hit_of_a_list_all_of_its_weight() {
        assertThat(Fusion.fuse(List.of(new Hit(a, 0.3)), List.of(), _ -> 0.2))
                .singleElement()
                .satisfies(only -> assertThat(only.scores().fused()).isCloseTo(0.2, within(1e-9)));
    }

    @Test
    void follows_the_weight() {
        List<Hit> dense = List.of(new Hit(a, 0.9), new Hit(b, 0.1));
        List<Hit> lexical = List.of(new Hit(b, 9), new Hit(a, 1));

        assertThat(Fusion.fuse(dense, lexical, _ -> 0.8).getFirst().chunk()).isEqualTo(a);
        assertThat(Fusion.fuse(dense, lexical, _ -> 0.2).getFirst().chunk()).isEqualTo(b);
    }

    @Test
    void weighs_each_chunk_by_itself() {
        List<Hit> dense = List.of(new Hit(a, 0.9), new Hit(b, 0.9), new Hit(c, 0.1));

        List<Ranked> ranked = Fusion.fuse(dense, List.of(), chunk -> chunk.equals(a) ? 0.2 : 0.5);

        assertThat(ranked).extracting(Ranked::chunk).containsExactly(b, a, c);
    }

    @Test
    void ranks_nothing_from_nothing() {
        assertThat(Fusion.fuse(List.of(), List.of(), _ -> 0.5)).isEmpty();
    }
}
