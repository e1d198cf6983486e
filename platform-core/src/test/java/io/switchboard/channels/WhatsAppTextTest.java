package io.switchboard.channels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WhatsAppTextTest {

    @Test
    void marks_bold_italic_struck_and_code_as_whatsapp_does() {
        assertThat(format("We **open** at *ten*, ~~nine~~, see `hours`."))
                .isEqualTo("We *open* at _ten_, ~nine~, see ```hours```.");
    }

    @Test
    void makes_a_heading_bold_once() {
        assertThat(format("## Opening **hours**\n\nDaily from ten.")).isEqualTo("*Opening hours*\n\nDaily from ten.");
    }

    @Test
    void writes_addresses_behind_their_words() {
        assertThat(format("See [our page](https://example.org/a_b) or <https://example.org>."))
                .isEqualTo("See our page (https://example.org/a_b) or https://example.org.");
        assertThat(format("[](https://example.org) ![the plan](https://example.org/plan.png)"))
                .isEqualTo("https://example.org the plan (https://example.org/plan.png)");
    }

    @Test
    void keeps_lists_with_their_numbers_and_depth() {
        assertThat(format("Bring:\n\n3. a ticket\n4. a friend\n   - or two\n\n* warm clothes\n* a **map**"))
                .isEqualTo("Bring:\n\n3. a ticket\n4. a friend\n  - or two\n\n- warm clothes\n- a *map*");
    }

    @Test
    void writes_a_table_line_by_line() {
        assertThat(format("| Day | Hours |\n|---|---|\n| Mon | closed |\n| Tue | **10** to 18 |"))
                .isEqualTo("*Day* | *Hours*\nMon | closed\nTue | *10* to 18");
    }

    @Test
    void keeps_lines_but_never_a_format_across_two() {
        assertThat(format("First line\nsecond line")).isEqualTo("First line\nsecond line");
        assertThat(format("**First line\nsecond line**")).isEqualTo("*First line second line*");
    }

    @Test
    void keeps_code_and_quotes() {
        assertThat(format("```sh\n./platform run\n```\n\n> Words\n> of others"))
                .isEqualTo("```./platform run```\n\n> Words\n> of others");
    }

    @Test
    void drops_tags_and_keeps_their_words() {
        assertThat(format("<b>Open</b> daily<br>from ten")).isEqualTo("Open daily\nfrom ten");
        assertThat(format("<p>\nOpen daily\n</p>")).isEqualTo("Open daily");
    }

    @Test
    void leaves_plain_text_as_it_is() {
        String text = "Tickets cost 5 * 2 = 10 €.\n    Indented, not code. snake_case_name #1 🙂";

        assertThat(format(text)).isEqualTo("Tickets cost 5 * 2 = 10 €.\nIndented, not code. snake_case_name #1 🙂");
    }

    @Test
    void says_something_even_if_nothing_is_left_of_the_formatting() {
        assertThat(format("<!-- -->")).isNotBlank();
    }

    @Test
    void ends_a_text_that_is_too_long_after_a_paragraph() {
        String paragraph = "A sentence of a long answer.";

        String cut = WhatsAppText.format((paragraph + "\n\n").repeat(100), 200);

        assertThat(cut).hasSizeLessThanOrEqualTo(200).endsWith(paragraph + "\n\n…");
    }

    @Test
    void cuts_words_lines_and_runes_that_have_no_better_end() {
        assertThat(WhatsAppText.format("word ".repeat(100), 50))
                .hasSizeLessThanOrEqualTo(50)
                .matches("(word )+…");
        for (int limit = 20; limit < 40; limit++) {
            String cut = WhatsAppText.format("🙂".repeat(100), limit);

            assertThat(cut).hasSizeLessThanOrEqualTo(limit).matches("(🙂)+ …");
        }
    }

    @Test
    void closes_code_that_was_cut() {
        String cut = WhatsAppText.format("```\n" + "line of code\n".repeat(30) + "```", 100);

        assertThat(cut).hasSizeLessThanOrEqualTo(100).matches("(?s)```line.*code``` …");
    }

    private static String format(String markdown) {
        return WhatsAppText.format(markdown, 4096);
    }
}
