package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.answering.PassageText.Unit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final String PADDING =
            "This sentence speaks of something else at such a length that the passage is not quoted as a whole by itself, "
                    + "which it would be if it were short.";

    @Test
    void quotes_a_short_passage_whole() {
        assertThat(excerpt("We open at ten. On Mondays we rest.", 1, 1, 0))
                .isEqualTo("We open at ten. On Mondays we rest.");
    }

    @Test
    void quotes_the_best_sentence_of_a_long_passage() {
        assertThat(excerpt(PADDING + " We open at ten. " + PADDING, 1, 0.1, 1, 0.1))
                .isEqualTo("We open at ten.");
    }

    @Test
    void takes_along_the_sentence_that_the_best_one_points_back_to() {
        assertThat(excerpt("The tower has a lift. It is closed in winter. " + PADDING, 1, 0.1, 1, 0.1))
                .isEqualTo("The tower has a lift. It is closed in winter.");
    }

    @Test
    void closes_a_hole_of_one_sentence_and_marks_a_longer_one() {
        assertThat(excerpt(
                        "Tickets cost nine euros. Cards are taken. Groups pay seven. " + PADDING, 0, 1, 0.1, 0.9, 0.1))
                .isEqualTo("Tickets cost nine euros. Cards are taken. Groups pay seven.");
        assertThat(excerpt(
                        "Tickets cost nine euros. Cards are taken. So are coins. Groups pay seven. " + PADDING,
                        0,
                        1,
                        0.1,
                        0.1,
                        0.9,
                        0.1))
                .isEqualTo("Tickets cost nine euros. … Groups pay seven.");
    }

    @Test
    void quotes_a_short_list_with_what_it_lists() {
        String text = PADDING + "\n\nMembers get:\n- free entry\n- a magazine\n\n" + PADDING;

        assertThat(excerpt(text, 2, 0.1, 0.5, 1, 0.2, 0.1)).isEqualTo("Members get:\n- free entry\n- a magazine");
        assertThat(excerpt(text, 1, 0.1, 1, 0.5, 0.2, 0.1)).isEqualTo("Members get:\n- free entry\n- a magazine");
    }

    @Test
    void quotes_the_best_lines_of_a_long_list() {
        String text = "Rooms:\n- one\n- two\n- three\n- four\n- five\n- six\n- seven\n\n" + PADDING;

        assertThat(excerpt(text, 2, 0.1, 0.1, 1, 0.1, 0.1, 0.9, 0.1, 0.1, 0.1)).isEqualTo("Rooms:\n- two\n- five");
    }

    @Test
    void reads_a_table_of_two_columns_as_pairs() {
        String text = "Day | Opens\nMonday | closed\nTuesday | 10 am\n\n" + PADDING;

        assertThat(excerpt(text, 1, 0.1, 1, 0.5, 0.1)).isEqualTo("- Monday: closed\n- Tuesday: 10 am");
        assertThat(excerpt(text, 0, 1, 0.5, 0.5, 0.1)).isEqualTo("- Monday: closed\n- Tuesday: 10 am");
    }

    @Test
    void names_the_columns_of_a_wider_table() {
        String text = "Plan | Price | Users\nFree | 0 euros | 1\nTeam | 12 euros | 5\n\n" + PADDING;

        assertThat(excerpt(text, 2, 0.1, 0.5, 1, 0.1))
                .isEqualTo("- Free – Price: 0 euros, Users: 1\n- Team – Price: 12 euros, Users: 5");
    }

    private static String excerpt(String text, int best, double... scores) {
        List<Unit> units = PassageText.split(text, Locale.ENGLISH);
        assertThat(units).hasSize(scores.length);
        return new Excerpt(units, scores).around(best);
    }
}
