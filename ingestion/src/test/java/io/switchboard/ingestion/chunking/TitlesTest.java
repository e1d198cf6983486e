package io.switchboard.ingestion.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ingestion.parsing.Block;
import io.switchboard.ingestion.parsing.Block.Kind;
import io.switchboard.ingestion.parsing.ParsedDocument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TitlesTest {

    private static final Block FIRST = new Block(Kind.HEADING, 1, "Visitor handbook");
    private static final Block SECOND = new Block(Kind.HEADING, 1, "Staff handbook");
    private static final Block BELOW = new Block(Kind.HEADING, 2, "Hours");

    @Test
    void takes_the_title_that_the_document_states() {
        assertThat(Titles.of(new ParsedDocument("x/y", " Handbook ", List.of(FIRST)), "a.pdf"))
                .isEqualTo("Handbook");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Microsoft Word - draft.doc", "untitled", "Document1", "handbook_final.indd", " "})
    void does_not_believe_a_title_that_a_program_made_up(String stated) {
        assertThat(Titles.of(new ParsedDocument("x/y", stated, List.of(FIRST, BELOW)), "a.pdf"))
                .isEqualTo("Visitor handbook");
    }

    @Test
    void takes_the_file_name_if_several_headings_rank_the_same() {
        assertThat(Titles.of(new ParsedDocument("x/y", null, List.of(FIRST, SECOND)), "house_rules.v2.docx"))
                .isEqualTo("house rules.v2");
        assertThat(Titles.of(new ParsedDocument("x/y", null, List.of()), ".profile"))
                .isEqualTo(".profile");
    }
}
