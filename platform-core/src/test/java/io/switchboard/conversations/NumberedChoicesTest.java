package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberedChoicesTest {

    private static final NumberedChoices TEN =
            new NumberedChoices(List.of("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"));

    @ParameterizedTest
    @CsvSource({"1, One", "2., Two", "' 9) ', Nine", "10, Ten", "10., Ten"})
    void are_meant_by_a_number_alone(String written, String meant) {
        assertThat(TEN.meant(written)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"0", "11", "100", "01", "2 tickets", "two", "1 2"})
    void are_not_meant_by_anything_else(String written) {
        assertThat(TEN.meant(written)).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({"3", "10"})
    void are_not_meant_by_a_number_that_none_of_them_has(String written) {
        assertThat(new NumberedChoices(List.of("One", "Two")).meant(written)).isEqualTo(written);
    }
}
