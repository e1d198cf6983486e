package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CitedTextTest {

    @Test
    void takes_the_marks_out_of_the_text() {
        CitedText cited = CitedText.of("At ten [2]. Dogs [1, 3] stay out [2][3].", 3);

        assertThat(cited.text()).isEqualTo("At ten. Dogs stay out.");
        assertThat(cited.numbers()).containsExactly(1, 2, 3);
    }

    @Test
    void leaves_out_numbers_that_no_passage_has() {
        assertThat(CitedText.of("At ten [0][4][9999].", 3).numbers()).isEmpty();
        assertThat(CitedText.of("At ten [4, 2].", 3).numbers()).containsExactly(2);
    }

    @Test
    void leaves_other_brackets_alone() {
        assertThat(CitedText.of("See [our page] and [2024-01].", 3).text()).isEqualTo("See [our page] and [2024-01].");
    }
}
