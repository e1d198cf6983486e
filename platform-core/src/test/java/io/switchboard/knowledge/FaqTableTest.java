package io.switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.knowledge.FaqTable.Row;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaqTableTest {

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "windows-1252"})
    void reads_what_spreadsheets_write(String charset) throws IOException {
        String table =
                "Nr;Antwort;Frage\r\n1;\"Ja, für \"\"Käufer\"\";\r\nauch sonntags\";Gibt es Parkplätze?\r\n\r\n2;Um neun;Wann?\r\n";

        assertThat(FaqTable.read(table.getBytes(Charset.forName(charset))))
                .containsExactly(
                        new Row(2, "Gibt es Parkplätze?", "Ja, für \"Käufer\";\r\nauch sonntags"),
                        new Row(5, "Wann?", "Um neun"));
    }

    @Test
    void takes_the_first_two_columns_of_a_table_without_names() throws IOException {
        assertThat(read("When, exactly?\tAt nine\tx\nWhere?\tHere"))
                .containsExactly(new Row(1, "When, exactly?", "At nine"), new Row(2, "Where?", "Here"));
    }

    @Test
    void knows_the_mark_at_the_beginning_from_the_first_name() throws IOException {
        assertThat(read("\uFEFFQuestion,Answer\nWhen?,\"At nine, or later\""))
                .containsExactly(new Row(2, "When?", "At nine, or later"));
    }

    @Test
    void keeps_lines_that_lack_something_for_the_report() throws IOException {
        assertThat(read("question,answer\nWhen?\n,At nine\n"))
                .isEqualTo(List.of(new Row(2, "When?", ""), new Row(3, "", "At nine")));
    }

    @Test
    void refuses_quotes_that_are_never_closed() {
        assertThatThrownBy(() -> read("question,answer\n\"When?,At nine\n")).isInstanceOf(IOException.class);
    }

    private static List<Row> read(String table) throws IOException {
        return FaqTable.read(table.getBytes(StandardCharsets.UTF_8));
    }
}
