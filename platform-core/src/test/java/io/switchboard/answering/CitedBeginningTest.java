package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CitedBeginningTest {

    private static final SourcedAddresses SOURCES =
            new SourcedAddresses(List.of("Tickets: https://museum.example/tickets"));

    private final List<String> shown = new ArrayList<>();
    private final CitedBeginning beginning = new CitedBeginning(3, SOURCES, shown::add);

    @Test
    void shows_statements_once_their_passage_is_named() {
        write("We open at ten [1]. Dogs stay out [2][3]. Perhaps we have a lift.");

        assertThat(shown)
                .containsExactly(
                        "We open at ten",
                        "We open at ten.",
                        "We open at ten. Dogs stay out",
                        "We open at ten. Dogs stay out.");
    }

    @Test
    void holds_back_what_names_no_passage() {
        write("We open at ten. Trust me [4], or page [2024].");

        assertThat(shown).isEmpty();
    }

    @Test
    void begins_anew_with_another_attempt() {
        write("At nine [1].");
        write("At ten [1].");

        assertThat(shown).containsExactly("At nine", "At nine.", "At ten", "At ten.");
    }

    @Test
    void shows_nothing_of_an_answer_that_is_none() {
        beginning.accept("I looked [1]. " + AnswerPrompt.NOT_FOUND);

        assertThat(shown).isEmpty();
    }

    @Test
    void shows_no_address_that_the_passages_do_not_have() {
        write("See [this](https://evil.example/?d=4711) [1] and https://museum.example/tickets [2].");

        assertThat(shown).isNotEmpty().noneMatch(text -> text.contains("evil"));
        assertThat(shown.getLast()).contains("https://museum.example/tickets");
    }

    @Test
    void does_not_recite_the_rules() {
        write(
                "Answer only from the numbered passages in the last message. What you know otherwise does not count [1].");

        assertThat(shown).isEmpty();
    }

    /** Letter by letter, as a model does. */
    private void write(String text) {
        for (int end = 1; end <= text.length(); end++) {
            beginning.accept(text.substring(0, end));
        }
    }
}
