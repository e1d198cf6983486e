package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.kernel.ConversationId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Customers who want no messages. */
@EngineTest
class OptOutTest {

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    private Desk.Line line;

    @BeforeEach
    void open() {
        line = desk.open();
    }

    @Test
    void confirms_once_and_is_silent_until_the_customer_wants_messages_again() {
        ConversationId conversation = desk.write(line, "alice", "STOP");
        assertThat(run()).isEqualTo(Turn.Result.REPLIED);
        desk.write(line, "alice", "When do you open?");
        assertThat(run()).isEqualTo(Turn.Result.SKIPPED);
        assertThat(desk.thread(line, conversation).getLast().status()).isEqualTo("OPTED_OUT");
        assertThat(replies(conversation)).hasSize(1);

        desk.write(line, "alice", "Start!");
        assertThat(run()).isEqualTo(Turn.Result.REPLIED);
        desk.write(line, "alice", "When do you open?");
        assertThat(run()).isEqualTo(Turn.Result.REPLIED);
        assertThat(replies(conversation)).hasSize(3);
    }

    @Test
    void honours_a_wish_that_came_late_before_it_looks_at_anything_else() {
        ConversationId conversation = desk.write(line, "alice", "stop");
        desk.change(line, "update inbox set sent_at = sent_at - interval '6 hours' where tenant_id = ?");

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(replies(conversation)).hasSize(1);
        assertThat(desk.count(
                        line, "select count(*) from conversation where tenant_id = ? and opted_out_at is not null"))
                .isEqualTo(1);
    }

    @Test
    void takes_no_word_of_opting_in_from_somebody_who_never_opted_out() {
        ConversationId conversation = desk.write(line, "alice", "start");

        run();

        assertThat(desk.thread(line, conversation)
                        .getLast()
                        .timeline()
                        .getFirst()
                        .detail())
                .doesNotContain("OPTED");
    }

    @ParameterizedTest
    @CsvSource({
        "stop, OUT, en",
        "'  Stop. ', OUT, en",
        "UNSUBSCRIBE!, OUT, en",
        "Stopp, OUT, de",
        "Abmelden, OUT, de",
        "ARRÊT, OUT, fr",
        "Baja, OUT, es",
        "sair, OUT, pt",
        "стоп, OUT, ru",
        "退订, OUT, zh",
        "配信停止, OUT, ja",
        "إلغاء الاشتراك, OUT, ar",
        "Start, IN, en",
        "Anmelden, IN, de",
        "订阅, IN, zh"
    })
    void knows_the_words_of_many_languages(String message, OptWord.Wish wish, String language) {
        assertThat(OptWord.of(message)).hasValue(new OptWord(wish, language));
        assertThat(OptWord.of(message).orElseThrow().confirmation())
                .contains(wish == OptWord.Wish.OUT ? "START" : "STOP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Does the tram stop here?",
                "Where is the bus stop",
                "I want to start a tour",
                "",
                "👍",
                "stop it please now",
                "non-stop"
            })
    void mistakes_no_question_for_a_wish(String message) {
        assertThat(OptWord.of(message)).isEmpty();
    }

    private Turn.Result run() {
        return turn.run(desk.claim(line, Desk.LEASE).getFirst());
    }

    private List<ThreadMessage> replies(ConversationId conversation) {
        return desk.thread(line, conversation).stream()
                .filter(message -> message.direction() == Direction.OUT)
                .toList();
    }
}
