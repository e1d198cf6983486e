package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.answering.Question;
import io.switchboard.audit.Actor;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.BotService;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a bot offers to ask where it has nothing to say itself. */
@EngineTest
class QuickRepliesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REFUSAL = BotSentences.DEFAULTS.refusal();
    private static final List<String> OFFERED = List.of("Opening hours", "Prices");

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    TurnStore turns;

    @Autowired
    ReplySender sender;

    @Autowired
    HandoverService handover;

    @Autowired
    DeadLetterService deadLetters;

    @Autowired
    BotService bots;

    @Autowired
    FakeGateway gateway;

    private Desk.Line line;

    @BeforeEach
    void open() {
        line = desk.open();
        offer(REFUSAL, OFFERED);
    }

    private void offer(String refusal, List<String> offered) {
        BotSentences sentences = BotSentences.DEFAULTS;
        bots.changeDraft(
                line.tenant(),
                line.channel().bot(),
                "Front desk",
                new BotDefinition(
                        "",
                        new BotSentences(
                                refusal,
                                sentences.budgetSpent(),
                                sentences.outage(),
                                sentences.flood(),
                                sentences.unreadable()),
                        List.of(),
                        Duration.ZERO,
                        BotDefinition.DEFAULT_MESSAGES_PER_MINUTE,
                        offered));
        bots.publish(line.tenant(), line.channel().bot());
    }

    @AfterEach
    void takeButtonsAway() {
        gateway.giveButtons(false);
    }

    @Test
    void are_buttons_under_a_refusal_where_the_provider_has_some() {
        gateway.giveButtons(true);
        ConversationId conversation = ask("Who was the third director?");
        ReplyId reply = desk.onlyReply(line, conversation);

        OutboundChoices sent = sent(reply);

        assertThat(sent.message().text()).isEqualTo(REFUSAL);
        assertThat(sent.choices()).isEqualTo(OFFERED);
        assertThat(sent.opener()).isEqualTo("See suggestions");
        assertThat(desk.thread(line, conversation).getLast().choices()).isEqualTo(OFFERED);
    }

    @Test
    void are_numbered_where_the_provider_has_no_buttons() {
        ConversationId conversation = ask("Who was the third director?");

        awaitSent(conversation);

        assertThat(gateway.received(desk.onlyReply(line, conversation)))
                .extracting(OutboundText::text)
                .containsExactly(REFUSAL + "\n\n1. Opening hours\n2. Prices");
    }

    @Test
    void stand_under_a_greeting_too() {
        ConversationId conversation = ask("Hello");

        assertThat(desk.thread(line, conversation).getLast().choices()).isEqualTo(OFFERED);
    }

    @Test
    void stand_under_nothing_else() {
        ConversationId conversation = desk.write(
                line,
                "alice",
                MessageContent.of(MessageKind.LOCATION, "Harbour"),
                UUID.randomUUID().toString(),
                Duration.ZERO);
        assertThat(turn.run(claim())).isEqualTo(Turn.Result.REPLIED);
        handover.reply(line.tenant(), conversation, "Good morning", new Actor(UserId.next(), "Anna"));

        assertThat(desk.thread(line, conversation))
                .hasSize(3)
                .allSatisfy(message -> assertThat(message.choices()).isEmpty());
    }

    @Test
    void are_asked_by_the_number_they_were_shown_with() {
        ConversationId conversation = ask("Who was the third director?");
        awaitSent(conversation);

        desk.write(line, "alice", "2");

        assertThat(read().question()).isEqualTo("Prices");
    }

    @Test
    void are_asked_by_their_number_also_when_a_failed_turn_is_answered_again() {
        ConversationId conversation = ask("Who was the third director?");
        awaitSent(conversation);
        desk.write(line, "alice", "2");
        Claim claim = claim();
        turns.complete(claim, turns.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS));

        ReplyId failed = new ReplyId(desk.thread(line, conversation).getLast().id());

        assertThat(turns.failedTurn(line.tenant(), failed))
                .get()
                .extracting(TurnStore.FailedTurn::question)
                .isEqualTo("Prices");
    }

    @Test
    void leave_a_number_alone_where_they_were_buttons() {
        gateway.giveButtons(true);
        ConversationId conversation = ask("Who was the third director?");
        sent(desk.onlyReply(line, conversation));

        desk.write(line, "alice", "2");

        assertThat(read().question()).isEqualTo("2");
    }

    @Test
    void leave_a_number_alone_where_they_were_left_out_for_want_of_room() {
        offer("x".repeat(4090), OFFERED);
        ConversationId conversation = ask("Who was the third director?");
        awaitSent(conversation);

        desk.write(line, "alice", "2");

        assertThat(read().question()).isEqualTo("2");
    }

    @Test
    void stand_in_what_was_said_before_in_place_of_their_number() {
        ConversationId conversation = ask("Who was the third director?");
        awaitSent(conversation);
        ask("2");
        desk.write(line, "alice", "And for children?");

        assertThat(read().history())
                .filteredOn(said -> said.speaker() == Question.Speaker.CUSTOMER)
                .extracting(Question.Utterance::text)
                .containsExactly("Who was the third director?", "Prices");
    }

    @Test
    void leave_a_number_alone_where_nothing_was_offered() {
        desk.write(line, "alice", "2");

        assertThat(read().question()).isEqualTo("2");
    }

    @Test
    void are_sent_again_with_the_reply_that_was_refused() {
        gateway.giveButtons(true);
        gateway.answer(line.channel(), new SendResult.Rejected("131026", "not reachable"));
        ReplyId reply = desk.onlyReply(line, ask("Who was the third director?"));
        sent(reply);
        await().atMost(PATIENCE)
                .until(() -> !deadLetters
                        .list(line.tenant(), PageRequest.first(10))
                        .items()
                        .isEmpty());

        deadLetters.retry(line.tenant(), reply, new Actor(UserId.next(), "Anna"));

        await().atMost(PATIENCE).until(() -> {
            sender.sendDue();
            return gateway.shown(reply).size() == 2;
        });
        assertThat(gateway.shown(reply).getLast().choices()).isEqualTo(OFFERED);
    }

    private void awaitSent(ConversationId conversation) {
        ReplyId reply = desk.onlyReply(line, conversation);
        await().atMost(PATIENCE).until(() -> {
            sender.sendDue();
            return !gateway.received(reply).isEmpty();
        });
    }

    private TurnInput read() {
        return Objects.requireNonNull(turns.read(claim()));
    }

    private OutboundChoices sent(ReplyId reply) {
        await().atMost(PATIENCE).until(() -> {
            sender.sendDue();
            return !gateway.shown(reply).isEmpty();
        });
        return gateway.shown(reply).getFirst();
    }

    private ConversationId ask(String question) {
        ConversationId conversation = desk.write(line, "alice", question);
        assertThat(turn.run(claim())).isEqualTo(Turn.Result.REPLIED);
        return conversation;
    }

    private Claim claim() {
        return desk.claim(line, Desk.LEASE).getFirst();
    }
}
