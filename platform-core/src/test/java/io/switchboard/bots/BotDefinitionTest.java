package io.switchboard.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotDefinitionTest {

    @Test
    void offers_nothing_unless_somebody_wrote_it() {
        assertThat(BotDefinition.DEFAULTS.quickReplies()).isEmpty();
    }

    @Test
    void offers_each_suggestion_once() {
        assertThat(offering("Prices", " Opening hours ", "Prices").quickReplies())
                .containsExactly("Prices", "Opening hours");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" ", "Seventy-three characters are one more than WhatsApp shows in a list's row", "two\nlines"})
    void refuses_a_suggestion_that_fits_in_no_list(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> offering(text)).withMessageContaining("72 characters");
    }

    @Test
    void refuses_more_than_whatsapp_shows_in_a_list() {
        assertThat(offering("1", "2", "3", "4", "5", "6", "7", "8", "9", "10").quickReplies())
                .hasSize(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> offering("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"));
    }

    private static BotDefinition offering(String... quickReplies) {
        BotDefinition defaults = BotDefinition.DEFAULTS;
        return new BotDefinition(
                defaults.instructions(),
                defaults.sentences(),
                defaults.knowledgeBases(),
                defaults.mergeWait(),
                defaults.messagesPerMinute(),
                List.of(quickReplies));
    }
}
