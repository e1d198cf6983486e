package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bots.BotSentences;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.kernel.ConversationId;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.usage.UsageService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Messages without words: pictures, files, places, people. */
@EngineTest
class UnreadableTest {

    private static final String SENTENCE = BotSentences.DEFAULTS.unreadable();
    private static final Duration MERGING = Duration.ofMillis(100);

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    HandoverService handover;

    @Autowired
    UsageService usage;

    @Autowired
    TenantTransactions transactions;

    static Stream<MessageContent> messagesWithoutWords() {
        return Stream.concat(
                Stream.of(MessageMedia.Type.values()).map(UnreadableTest::media),
                Stream.of(
                        MessageContent.of(MessageKind.MEDIA, "   "),
                        MessageContent.of(MessageKind.LOCATION, "Harbour Museum, 53.5 9.9"),
                        MessageContent.of(MessageKind.CONTACT, "Ada Lovelace")));
    }

    @ParameterizedTest
    @MethodSource("messagesWithoutWords")
    void get_the_bots_sentence_for_them(MessageContent content) {
        Desk.Line line = desk.open();
        ConversationId conversation = write(line, content);
        assertThat(desk.thread(line, conversation).getFirst().status()).isEqualTo("RECEIVED");

        assertThat(run(line)).isEqualTo(Turn.Result.REPLIED);

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread).hasSize(2);
        assertThat(thread.getFirst().status()).isEqualTo("ANSWERED");
        assertThat(thread.getLast().text()).isEqualTo(SENTENCE);
        assertThat(usage.quota(line.tenant()).used()).isZero();
        assertThat(usage.quota(line.tenant()).reserved()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = MessageKind.class,
            names = {"REACTION", "SYSTEM", "UNSUPPORTED", "EMPTY", "REVOKE", "EDIT"})
    void are_no_events_that_nobody_answers(MessageKind kind) {
        Desk.Line line = desk.open();
        write(line, MessageContent.of(kind, null));

        assertThat(run(line)).isEqualTo(Turn.Result.SKIPPED);
    }

    @Test
    void are_answered_once_however_many_come_in_a_burst() {
        Desk.Line line = desk.open("standard", MERGING);
        ConversationId conversation = null;
        for (int number = 0; number < 5; number++) {
            conversation = write(line, media(MessageMedia.Type.IMAGE));
        }

        assertThat(run(line)).isEqualTo(Turn.Result.REPLIED);

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread).hasSize(6);
        assertThat(thread)
                .filteredOn(message -> message.direction() == Direction.IN)
                .allSatisfy(message -> assertThat(message.coveredBy()).isNotNull());
        assertThat(desk.claim(line, Desk.LEASE)).isEmpty();
    }

    @Test
    void wait_for_the_rest_of_their_burst() {
        Desk.Line line = desk.open("standard", Duration.ofSeconds(30));

        write(line, media(MessageMedia.Type.IMAGE), Duration.ofSeconds(30));

        assertThat(desk.claim(line, Desk.LEASE)).isEmpty();
    }

    @Test
    void leave_the_words_beside_them_to_be_answered() {
        Desk.Line line = desk.open("standard", MERGING);
        write(line, media(MessageMedia.Type.IMAGE));
        ConversationId conversation = desk.write(line, "alice", "Hello!");

        run(line);

        assertThat(desk.thread(line, conversation))
                .hasSize(3)
                .last()
                .satisfies(reply -> assertThat(reply.text()).startsWith("Hello!"));
    }

    @Test
    void are_none_with_a_caption() {
        Desk.Line line = desk.open();
        ConversationId conversation = write(
                line,
                MessageContent.of(MessageKind.MEDIA, "Good morning")
                        .carrying(media(MessageMedia.Type.IMAGE).media()));

        run(line);

        assertThat(desk.thread(line, conversation).getLast().text()).startsWith("Hello!");
    }

    @Test
    void get_no_second_reply_when_they_come_again_or_a_turn_dies_over_them() {
        Desk.Line line = desk.open();
        String id = UUID.randomUUID().toString();
        ConversationId conversation = desk.write(line, "alice", media(MessageMedia.Type.VOICE), id, Duration.ZERO);
        Claim died = desk.claim(line, Duration.ZERO).getFirst();
        Claim next = desk.claim(line, Desk.LEASE).getFirst();

        assertThat(turn.run(next)).isEqualTo(Turn.Result.REPLIED);
        assertThat(turn.run(died)).isIn(Turn.Result.FENCED, Turn.Result.SKIPPED);

        assertThat(desk.thread(line, conversation)).hasSize(2);
        assertThat(desk.claim(line, Desk.LEASE)).isEmpty();
    }

    @Test
    void get_their_sentence_even_if_every_turn_died_over_them() {
        Desk.Line line = desk.open();
        ConversationId conversation = write(line, media(MessageMedia.Type.VIDEO));
        desk.change(line, "update conversation set head_attempts = 5 where tenant_id = ?");

        assertThat(run(line)).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(SENTENCE);
    }

    @Test
    void are_left_alone_once_they_are_taken_back_or_old() {
        Desk.Line line = desk.open();
        ConversationId conversation = write(line, media(MessageMedia.Type.IMAGE));
        desk.change(line, "update inbox set media = null, revoked_at = now() where tenant_id = ?");
        assertThat(run(line)).isEqualTo(Turn.Result.SKIPPED);

        write(line, media(MessageMedia.Type.IMAGE));
        desk.change(
                line,
                "update inbox set sent_at = sent_at - interval '6 hours' where tenant_id = ? and revoked_at is null");
        assertThat(run(line)).isEqualTo(Turn.Result.SKIPPED);

        assertThat(desk.thread(line, conversation))
                .extracting(ThreadMessage::status)
                .containsExactly("REVOKED", "STALE");
    }

    @Test
    void get_no_word_where_the_customer_wants_none() {
        Desk.Line line = desk.open();
        ConversationId conversation = desk.write(line, "alice", "STOP");
        run(line);

        write(line, media(MessageMedia.Type.IMAGE));

        assertThat(run(line)).isEqualTo(Turn.Result.SKIPPED);
        assertThat(desk.thread(line, conversation).getLast().status()).isEqualTo("OPTED_OUT");
    }

    @Test
    void get_the_sentence_of_a_spent_plan_where_it_is_spent() {
        Desk.Line line = desk.open();
        desk.change(line, """
                insert into usage_counter (tenant_id, period, taken)
                select id, date_trunc('month', now() at time zone 'UTC')::date, 5000 from tenant where id = ?
                """);
        ConversationId conversation = write(line, media(MessageMedia.Type.IMAGE));

        assertThat(run(line)).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(BotSentences.DEFAULTS.budgetSpent());
    }

    @Test
    void count_towards_too_many_messages() {
        Desk.Line line = desk.open("standard", MERGING);
        ConversationId conversation = null;
        for (int number = 0; number < 12; number++) {
            conversation = write(line, media(MessageMedia.Type.STICKER));
        }

        run(line);

        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(BotSentences.DEFAULTS.flood());
    }

    private static MessageContent media(MessageMedia.Type type) {
        return MessageContent.of(MessageKind.MEDIA, null)
                .carrying(List.of(new MessageMedia(type, "1", "application/octet-stream", null, null)));
    }

    private ConversationId write(Desk.Line line, MessageContent content) {
        return write(line, content, Duration.ZERO);
    }

    private ConversationId write(Desk.Line line, MessageContent content, Duration mergeWait) {
        return desk.write(line, "alice", content, UUID.randomUUID().toString(), mergeWait);
    }

    private Turn.Result run(Desk.Line line) {
        return turn.run(desk.claim(line, Desk.LEASE).getFirst());
    }
}
