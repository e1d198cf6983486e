package io.switchboard.ingestion.chunking;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ingestion.parsing.Block;
import io.switchboard.ingestion.parsing.Block.Kind;
import io.switchboard.knowledge.NewChunk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With a counter that counts words, so that the numbers can be followed by eye. */
class ChunkerTest {

    private static final int LIMIT = 320;

    private final Chunker chunker = new Chunker(ChunkerTest::words, 510, Locale.ENGLISH);

    @Test
    void never_crosses_a_heading_and_keeps_the_path_to_it() {
        List<NewChunk> chunks = chunker.chunk(
                "Handbook",
                List.of(
                        paragraph("Welcome."),
                        heading(1, "Visit"),
                        heading(2, "Hours"),
                        paragraph("Nine to five."),
                        heading(2, "Prices"),
                        paragraph("Twelve euros."),
                        heading(1, "Staff"),
                        paragraph("Ask at the desk.")));

        assertThat(chunks)
                .extracting(NewChunk::text)
                .containsExactly("Welcome.", "Nine to five.", "Twelve euros.", "Ask at the desk.");
        assertThat(chunks)
                .extracting(NewChunk::headingPath)
                .containsExactly(
                        List.of("Handbook"),
                        List.of("Handbook", "Visit", "Hours"),
                        List.of("Handbook", "Visit", "Prices"),
                        List.of("Handbook", "Staff"));
    }

    @Test
    void does_not_repeat_a_first_heading_that_says_what_the_title_says() {
        List<NewChunk> chunks = chunker.chunk(
                "Museum: the handbook", List.of(heading(1, "The HANDBOOK"), heading(2, "Hours"), paragraph("Nine.")));

        assertThat(chunks)
                .singleElement()
                .satisfies(chunk -> assertThat(chunk.headingPath()).containsExactly("Museum: the handbook", "Hours"));
    }

    @Test
    void keeps_a_heading_without_text_of_its_own_as_text_unless_others_are_below_it() {
        List<NewChunk> chunks = chunker.chunk(
                "Menu",
                List.of(
                        heading(1, "Soups"),
                        heading(2, "Pea soup"),
                        heading(2, "Fish soup"),
                        heading(1, "Cakes"),
                        paragraph("Ask.")));

        assertThat(chunks).extracting(NewChunk::text).containsExactly("Pea soup", "Fish soup", "Ask.");
        assertThat(chunks.getFirst().headingPath()).containsExactly("Menu", "Soups");
    }

    @Test
    void fills_a_chunk_with_whole_paragraphs() {
        List<Block> paragraphs = IntStream.range(0, 10)
                .mapToObj(n -> paragraph(sentence(n, 100)))
                .toList();

        List<NewChunk> chunks = chunker.chunk("Long", paragraphs);

        assertThat(chunks)
                .hasSize(4)
                .allSatisfy(chunk -> assertThat(chunk.tokens())
                        .isEqualTo(words(chunk.text()))
                        .isLessThanOrEqualTo(LIMIT));
        assertThat(together(chunks)).isEqualTo(together(paragraphs));
        assertThat(chunks)
                .extracting(chunk -> chunk.text().split("\n\n").length)
                .containsExactly(3, 3, 3, 1);
    }

    @Test
    void splits_a_long_paragraph_between_sentences() {
        String long_ = IntStream.range(0, 20).mapToObj(n -> sentence(n, 50)).collect(Collectors.joining(" "));

        List<NewChunk> chunks = chunker.chunk("Long", List.of(paragraph(long_)));

        assertThat(chunks).hasSizeGreaterThan(3).allSatisfy(chunk -> {
            assertThat(chunk.tokens()).isBetween(1, LIMIT);
            assertThat(chunk.text()).startsWith("Sentence").endsWith(".");
        });
        assertThat(together(chunks)).isEqualTo(List.of(long_.split("\\s+")));
    }

    @Test
    void splits_a_sentence_without_end_between_words_and_a_word_without_end_anywhere() {
        Chunker byLetters = new Chunker(String::length, 510, Locale.ENGLISH);
        String endless = "word ".repeat(300).strip();
        String unbroken = "x".repeat(2000);

        List<NewChunk> chunks = byLetters.chunk("T", List.of(paragraph(endless), paragraph(unbroken)));

        assertThat(chunks)
                .hasSizeGreaterThan(8)
                .allSatisfy(chunk -> assertThat(chunk.tokens()).isLessThanOrEqualTo(LIMIT));
        assertThat(chunks.stream()
                        .map(NewChunk::text)
                        .collect(Collectors.joining())
                        .replaceAll("\\s", ""))
                .isEqualTo("word".repeat(300) + unbroken);
    }

    @Test
    void shows_lists_and_tables_line_by_line_and_repeats_the_head_of_a_long_table() {
        List<Block> blocks = new ArrayList<>(List.of(
                paragraph("Bring:"), new Block(Kind.LIST_ITEM, 0, "a coat"), new Block(Kind.LIST_ITEM, 0, "a hat")));
        blocks.add(new Block(Kind.TABLE_ROW, 0, "Ship | Year"));
        IntStream.range(0, 150).forEach(n -> blocks.add(new Block(Kind.TABLE_ROW, 0, "Brig-" + n + " | " + n)));

        List<NewChunk> chunks = chunker.chunk("Lists", blocks);

        assertThat(chunks.getFirst().text()).startsWith("Bring:\n\n- a coat\n- a hat\n\nShip | Year\nBrig-0 | 0");
        assertThat(chunks).hasSizeGreaterThan(1);
        assertThat(chunks.subList(1, chunks.size()))
                .allSatisfy(chunk -> assertThat(chunk.text()).startsWith("Ship | Year\nBrig-"));
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.tokens()).isLessThanOrEqualTo(LIMIT));
    }

    @Test
    void leaves_room_for_the_text_below_a_path_without_end() {
        Chunker small = new Chunker(ChunkerTest::words, 100, Locale.ENGLISH);

        List<NewChunk> chunks =
                small.chunk(sentence(0, 500), List.of(heading(1, sentence(1, 400)), paragraph(sentence(2, 90))));

        assertThat(chunks)
                .isNotEmpty()
                .allSatisfy(chunk -> assertThat(words(chunk.embeddedText())).isLessThanOrEqualTo(100));
    }

    private static Block heading(int level, String text) {
        return new Block(Kind.HEADING, level, text);
    }

    private static Block paragraph(String text) {
        return new Block(Kind.PARAGRAPH, 0, text);
    }

    /** Words in all, the last with a full stop. */
    private static String sentence(int number, int words) {
        return "Sentence " + number + " word".repeat(words - 2) + ".";
    }

    private static int words(String text) {
        return (int) Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .count();
    }

    private static List<String> together(Iterable<?> parts) {
        StringBuilder all = new StringBuilder();
        for (Object part : parts) {
            all.append(part instanceof NewChunk chunk ? chunk.text() : ((Block) part).text())
                    .append(' ');
        }
        return List.of(all.toString().strip().split("\\s+"));
    }
}
