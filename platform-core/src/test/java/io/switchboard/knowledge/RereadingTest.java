package io.switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RereadingTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String OPEN = "The museum opens at nine in the morning from Tuesday to Sunday.";
    private static final String OPEN_LATER = "The museum opens at eleven in the morning from Tuesday to Sunday.";
    private static final String CAFE = "The cafe in the garden serves soup and cake until five.";
    private static final String DOGS = "Dogs stay outside, assistance dogs excepted.";

    @Test
    void keeps_the_ids_of_what_a_document_still_says() {
        List<ChunkRow> before = read(OPEN, CAFE, DOGS);

        List<ChunkRow> after = Rereading.merge(before, said(OPEN, "Lockers take a coin.", DOGS));

        assertThat(after).extracting(ChunkRow::text).containsExactly(OPEN, "Lockers take a coin.", DOGS);
        assertThat(after.get(0).id()).isEqualTo(before.get(0).id());
        assertThat(after.get(2).id()).isEqualTo(before.get(2).id());
        assertThat(after.get(1).id()).isNotEqualTo(before.get(1).id());
        assertThat(after).noneMatch(ChunkRow::touched);
    }

    @Test
    void carries_an_edit_and_a_mark_over_to_where_the_passage_moved() {
        List<ChunkRow> before = read(OPEN, CAFE, DOGS);
        before.set(0, before.get(0).withText("We open at nine.", 5));
        before.set(1, before.get(1).withEnabled(false));

        List<ChunkRow> after = Rereading.merge(
                before, List.of(chunk("Pets", DOGS), chunk("Food and drink", CAFE), chunk("Visit", OPEN)));

        assertThat(after).extracting(ChunkRow::text).containsExactly(DOGS, CAFE, "We open at nine.");
        assertThat(after).extracting(ChunkRow::enabled).containsExactly(true, false, true);
        assertThat(after.get(2).original()).isEqualTo(OPEN);
        assertThat(after.get(2).headingPath()).containsExactly("Visit");
        assertThat(after).allSatisfy(row -> assertThat(row.conflict()).isNull());
    }

    @Test
    void keeps_an_edit_and_shows_what_the_document_says_now() {
        List<ChunkRow> before = read(OPEN, CAFE);
        before.set(0, before.get(0).withText("We open at nine.", 5));

        List<ChunkRow> after = Rereading.merge(before, said(OPEN_LATER, CAFE));

        assertThat(after).hasSize(2);
        ChunkRow kept = after.getFirst();
        assertThat(kept.id()).isEqualTo(before.getFirst().id());
        assertThat(kept.text()).isEqualTo("We open at nine.");
        assertThat(kept.original()).isEqualTo(OPEN);
        assertThat(kept.conflict()).isEqualTo(new ChunkConflict.Changed(List.of("Visit"), OPEN_LATER));
        assertThat(kept.revision()).isEqualTo(2);
    }

    @Test
    void shows_the_same_conflict_until_it_ends_and_drops_it_when_the_document_turns_back() {
        List<ChunkRow> before = read(OPEN, CAFE);
        before.set(0, before.get(0).withText("We open at nine.", 5));

        List<ChunkRow> changed = Rereading.merge(before, said(OPEN_LATER, CAFE));
        List<ChunkRow> again = Rereading.merge(changed, said(OPEN_LATER, CAFE));
        List<ChunkRow> turnedBack = Rereading.merge(again, said(OPEN, CAFE));

        assertThat(again).isEqualTo(changed);
        assertThat(turnedBack.getFirst().conflict()).isNull();
        assertThat(turnedBack.getFirst().text()).isEqualTo("We open at nine.");
        assertThat(turnedBack.getFirst().original()).isEqualTo(OPEN);
    }

    @Test
    void needs_no_edit_any_more_when_the_document_says_the_same() {
        List<ChunkRow> before = read(OPEN, CAFE);
        before.set(0, before.get(0).withText(OPEN_LATER, 12));

        List<ChunkRow> after = Rereading.merge(before, said(OPEN_LATER, CAFE));

        assertThat(after).extracting(ChunkRow::text).containsExactly(OPEN_LATER, CAFE);
        assertThat(after.getFirst().touched()).isFalse();
    }

    @Test
    void keeps_an_edit_whose_passage_vanished_in_its_place() {
        List<ChunkRow> before = read(OPEN, CAFE, DOGS);
        before.set(1, before.get(1).withText("Soup until four.", 4));

        List<ChunkRow> after = Rereading.merge(before, said(OPEN, DOGS));

        assertThat(after).extracting(ChunkRow::text).containsExactly(OPEN, "Soup until four.", DOGS);
        assertThat(after.get(1).conflict()).isEqualTo(new ChunkConflict.Vanished());
        assertThat(after.get(1).revision()).isEqualTo(2);
        assertThat(Rereading.merge(after, said(OPEN, DOGS))).isEqualTo(after);
        assertThat(Rereading.merge(after, said(OPEN, CAFE, DOGS)).get(1).conflict())
                .isNull();
    }

    @Test
    void keeps_a_passage_switched_off_when_its_wording_changes_and_says_so() {
        List<ChunkRow> before = read(OPEN, CAFE);
        before.set(0, before.get(0).withEnabled(false));

        ChunkRow off = Rereading.merge(before, said(OPEN_LATER, CAFE)).getFirst();

        assertThat(off.enabled()).isFalse();
        assertThat(off.conflict()).isInstanceOf(ChunkConflict.Changed.class);
        assertThat(off.keptOver(off.proposal(), 12)).satisfies(kept -> {
            assertThat(kept.enabled()).isFalse();
            assertThat(kept.text()).isEqualTo(OPEN_LATER);
            assertThat(kept.conflict()).isNull();
        });
    }

    @Test
    void keeps_added_passages_after_what_they_came_after() {
        List<ChunkRow> before = read(OPEN, CAFE, DOGS);
        before.add(1, ChunkRow.byHand(List.of("Visit"), "On holidays we open at ten.", 7, NOW));
        before.addFirst(ChunkRow.byHand(List.of("Visit"), "Welcome.", 2, NOW));

        List<ChunkRow> after = Rereading.merge(before, said(DOGS, "Lockers take a coin.", OPEN));

        assertThat(after)
                .extracting(ChunkRow::text)
                .containsExactly("Welcome.", DOGS, "Lockers take a coin.", OPEN, "On holidays we open at ten.");
        assertThat(after.getLast().byHand()).isTrue();
        assertThat(after.getLast().conflict()).isNull();
    }

    @Test
    void recognises_a_passage_that_was_kept_by_hand_when_the_document_says_it_again() {
        List<ChunkRow> before = read(OPEN, CAFE);
        before.set(1, before.get(1).withText("Soup until four.", 4));
        List<ChunkRow> lost = new ArrayList<>(Rereading.merge(before, said(OPEN)));
        lost.set(1, lost.get(1).keptByHand());

        List<ChunkRow> still = Rereading.merge(lost, said(OPEN));
        List<ChunkRow> back = Rereading.merge(still, said(OPEN, CAFE));

        assertThat(still.get(1).conflict()).isNull();
        assertThat(still.get(1).byHand()).isTrue();
        assertThat(back).extracting(ChunkRow::text).containsExactly(OPEN, "Soup until four.");
        assertThat(back.get(1).byHand()).isFalse();
        assertThat(back.get(1).original()).isEqualTo(CAFE);
    }

    @Test
    void loses_no_mark_when_equal_passages_become_fewer() {
        List<ChunkRow> before = read(DOGS, DOGS, DOGS);
        before.set(2, before.get(2).withEnabled(false));

        List<ChunkRow> after = Rereading.merge(before, said(DOGS));

        assertThat(after).singleElement().satisfies(row -> {
            assertThat(row.enabled()).isFalse();
            assertThat(row.conflict()).isNull();
        });
    }

    @Test
    void finds_the_new_wording_in_scripts_without_spaces() {
        List<ChunkRow> before = read("博物館は火曜日から日曜日まで午前九時に開館します。", "カフェは五時までです。");
        before.set(0, before.get(0).withText("九時に開館。", 4));

        List<ChunkRow> after = Rereading.merge(before, said("博物館は火曜日から日曜日まで午前十一時に開館します。", "カフェは五時までです。"));

        assertThat(after).hasSize(2);
        assertThat(after.getFirst().conflict()).isInstanceOf(ChunkConflict.Changed.class);
    }

    private static List<ChunkRow> read(String... texts) {
        return new ArrayList<>(said(texts).stream().map(ChunkRow::of).toList());
    }

    private static List<NewChunk> said(String... texts) {
        return Arrays.stream(texts).map(text -> chunk("Visit", text)).toList();
    }

    private static NewChunk chunk(String heading, String text) {
        return new NewChunk(List.of(heading), text, text.length() / 5);
    }
}
