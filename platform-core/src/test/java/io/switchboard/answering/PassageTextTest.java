package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.answering.PassageText.Kind;
import io.switchboard.answering.PassageText.Unit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PassageTextTest {

    @Test
    void takes_sentences_apart_but_not_at_abbreviations() {
        assertThat(texts("We open at 10 a.m. On Mondays, e.g. 3 May, we rest. Ask Dr. Meyer! Really?"))
                .containsExactly("We open at 10 a.m. On Mondays, e.g. 3 May, we rest.", "Ask Dr. Meyer!", "Really?");
    }

    @Test
    void joins_the_lines_of_a_paragraph() {
        assertThat(texts("One sentence\nover two lines. Another.\n\nA second paragraph."))
                .containsExactly("One sentence over two lines.", "Another.", "A second paragraph.");
    }

    @Test
    void keeps_list_items_and_table_rows_whole() {
        List<Unit> units = split("Prices:\n- adults. 14 euros.\n2) children\n\nDay | Opens\n---|---\nMonday | closed");

        assertThat(units)
                .extracting(Unit::kind)
                .containsExactly(Kind.SENTENCE, Kind.ITEM, Kind.ITEM, Kind.TABLE_HEAD, Kind.TABLE_ROW);
        assertThat(units.getFirst().introduces()).isTrue();
        assertThat(units.getLast().cells()).containsExactly("Monday", "closed");
        assertThat(PassageText.tableHead(units, 4)).isEqualTo("Day | Opens");
        assertThat(PassageText.tableHead(units, 1)).isEmpty();
    }

    @Test
    void finds_nothing_in_nothing() {
        assertThat(split(" \n\n ")).isEmpty();
    }

    private static List<String> texts(String text) {
        return split(text).stream().map(Unit::text).toList();
    }

    private static List<Unit> split(String text) {
        return PassageText.split(text, Locale.ENGLISH);
    }
}
