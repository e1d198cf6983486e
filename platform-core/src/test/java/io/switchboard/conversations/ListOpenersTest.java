package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.OutboundChoices;
import org.junit.jupiter.api.Test;

class ListOpenersTest {

    @Test
    void are_there_in_every_language_of_the_fixed_sentences() {
        assertThat(ListOpeners.LABELS.keySet()).isEqualTo(OptWord.languages());
    }

    @Test
    void fit_on_whatsapps_button() {
        assertThat(ListOpeners.LABELS.values())
                .hasSizeGreaterThan(10)
                .allSatisfy(label ->
                        assertThat(label).isNotBlank().hasSizeLessThanOrEqualTo(OutboundChoices.MAX_OPENER_LENGTH));
    }
}
