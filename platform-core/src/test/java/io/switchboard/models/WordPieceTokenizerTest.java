package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordPieceTokenizerTest {

    private static final WordPieceTokenizer TOKENIZER = InProcessEmbedder.loadTokenizer();
    private static HuggingFaceTokenizer reference;

    @BeforeAll
    static void load_the_tokenizer_it_must_agree_with() throws IOException {
        System.setProperty(
                "DJL_CACHE_DIR", Path.of("target", "djl").toAbsolutePath().toString());
        System.setProperty("OPT_OUT_TRACKING", "true");
        try (InputStream json =
                WordPieceTokenizerTest.class.getResourceAsStream("/bge-small-en-v1.5-q-tokenizer.json")) {
            reference = HuggingFaceTokenizer.newInstance(json, Map.of("padding", "false", "truncation", "false"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "When do you open on Sundays?",
                "Rechnungen über 1.500,00 € – fällig in 14 Tagen (§ 286 BGB)!",
                "naïve café, ÅNGSTRÖM; don't re-enter: e-mail a.b@c.org",
                "日本語のテキスト 中文 한국어 ภาษาไทย العربية עברית",
                "tabs\tand\nlines\r\n\u00a0no-break\u200bzero-width\u0007bell",
                "🚢 ferries 👩‍👩‍👧 and x² ≥ ½ + ℃",
                "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
                "`code` <b>html</b> a_b_c $5 ^ ~ | \\ {json: \"x\"}",
                "ﬁne ligature İstanbul DŽ ß"
            })
    void agrees_with_the_reference_tokenizer(String text) {
        assertThat(TOKENIZER.encode(text, 1000))
                .containsExactly(reference.encode(text).getIds());
    }

    /** Another file can be named: the tokenizer agreed on the 5,183 abstracts of SciFact and on XQuAD in four languages. */
    @Test
    void agrees_with_the_reference_tokenizer_on_a_whole_file() throws IOException {
        Path file = Path.of(System.getProperty("tokenizer.texts", "../pom.xml"));

        assertThat(Files.readAllLines(file))
                .hasSizeGreaterThan(100)
                .allSatisfy(line -> assertThat(TOKENIZER.encode(line, 1_000_000))
                        .containsExactly(reference.encode(line).getIds()));
    }

    @Test
    void spells_a_word_of_more_than_a_hundred_letters_as_unknown() {
        String word = "a".repeat(101);

        assertThat(TOKENIZER.encode(word, 10))
                .containsExactly(reference.encode(word).getIds())
                .hasSize(3);
    }

    @Test
    void reads_markers_in_a_text_as_plain_text() {
        long[] ids = TOKENIZER.encode("[SEP]", 10);

        assertThat(ids).hasSizeGreaterThan(3).endsWith(102);
        assertThat(Arrays.copyOf(ids, ids.length - 1)).doesNotContain(102);
    }

    @Test
    void cuts_a_long_text_and_still_closes_it() {
        long[] ids = TOKENIZER.encode("word ".repeat(2000), 510);

        assertThat(ids).hasSize(512).startsWith(101).endsWith(102);
    }

    @Test
    void counts_pieces_without_markers() {
        assertThat(TOKENIZER.count("when do you open?")).isEqualTo(5);
        assertThat(TOKENIZER.count("")).isZero();
    }
}
