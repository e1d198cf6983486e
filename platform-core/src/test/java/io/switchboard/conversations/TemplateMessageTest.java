package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.bots.BotSentences;
import io.switchboard.channels.FilledTemplate;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.MessageTemplate.Status;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.SendResult;
import io.switchboard.channels.TemplateService;
import io.switchboard.channels.TemplateSync;
import io.switchboard.conversations.TemplateMessage.InvalidValues;
import io.switchboard.conversations.TemplateMessage.Refused;
import io.switchboard.conversations.TemplateMessage.Underway;
import io.switchboard.conversations.TemplateMessage.UnknownConversation;
import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Sending templates to customers to whom nothing else may be sent. */
@EngineTest
class TemplateMessageTest {

    private static final Actor ANNA = new Actor(UserId.next(), "Anna");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    ReplySender sender;

    @Autowired
    TurnStore turns;

    @Autowired
    HandoverService handover;

    @Autowired
    DeadLetterService deadLetters;

    @Autowired
    TemplateService templates;

    @Autowired
    TemplateMessageService messages;

    @Autowired
    FakeTemplates provider;

    @Autowired
    FakeGateway gateway;

    @Autowired
    AuditService audit;

    private Desk.Line line;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        line = desk.open();
        gateway.closeAfter(Duration.ofHours(24));
        conversation = desk.write(line, "alice", "When do you open?");
        provide(template("order_ready", Status.APPROVED));
    }

    @AfterEach
    void leaveOpen() {
        gateway.closeAfter(null);
    }

    @Test
    void leaves_outside_the_window_with_its_values_and_shows_what_the_customer_reads() {
        closeWindow();

        ReplyId reply = underway(send("Ann", "A-17"));

        await("SENT", reply);
        OutboundTemplate sent = gateway.templates(reply).getFirst();
        assertThat(sent.template().name()).isEqualTo("order_ready");
        assertThat(sent.template().language()).isEqualTo("en");
        assertThat(sent.template().values())
                .extracting(FilledTemplate.Value::text)
                .containsExactly("Ann", "A-17");
        assertThat(sent.message().to()).isEqualTo("alice");
        assertThat(gateway.received(reply)).as("sent as a text").isEmpty();
        ThreadMessage shown = message(reply);
        assertThat(shown.text()).isEqualTo("Hello Ann, order A-17 is ready.");
        assertThat(shown.timeline().getFirst().detail()).isEqualTo("by Anna with the template order_ready");
        assertThat(desk.thread(line, conversation).getFirst().status())
                .as("it answers what was open, as a person's reply does")
                .isEqualTo("ANSWERED");
    }

    @Test
    void leaves_once_however_often_the_same_request_comes() throws InterruptedException {
        UUID request = UUID.randomUUID();
        Queue<TemplateMessage> outcomes = new ConcurrentLinkedQueue<>();
        List<Thread> presses = IntStream.range(0, 8)
                .mapToObj(press -> Thread.ofVirtual().start(() -> outcomes.add(send("en", request, "Ann", "A-17"))))
                .toList();
        for (Thread press : presses) {
            press.join();
        }

        ReplyId reply = underway(outcomes.element());
        assertThat(outcomes).hasSize(8).containsOnly(new Underway(reply));
        await("SENT", reply);
        provide(template("order_ready", Status.PAUSED));
        assertThat(send("en", request, "Ann", "A-17"))
                .as("what was sent stays sent")
                .isEqualTo(new Underway(reply));
        assertThat(written()).hasSize(1);
        assertThat(gateway.templates(reply)).hasSize(1);
    }

    @Test
    void leaves_twice_at_two_requests() {
        assertThat(underway(send("Ann", "A-17"))).isNotEqualTo(underway(send("Ann", "A-17")));
        assertThat(written()).hasSize(2);
    }

    @Test
    void takes_the_conversation_over_and_is_written_down() {
        underway(send("Ann", "A-17"));

        assertThat(desk.count(line, "select count(*) from conversation where tenant_id = ? and taken_by = 'Anna'"))
                .isEqualTo(1);
        assertThat(audit.list(line.tenant(), PageRequest.first(10)).items())
                .filteredOn(entry -> entry.actor().equals(ANNA))
                .extracting(AuditEntry::action)
                .containsExactly("sent a template", "synced templates");
    }

    @Test
    void leaves_what_waits_for_the_customer_waiting() {
        Claim claim = desk.claim(line, Desk.LEASE).getFirst();
        assertThat(turns.complete(claim, turns.read(claim), ReplyDraft.fallback(BotSentences.DEFAULTS)))
                .isTrue();
        ReplyId answer = desk.onlyReply(line, conversation);
        closeWindow();
        await("HELD", answer);

        ReplyId template = underway(send("Ann", "A-17"));
        await("SENT", template);
        assertThat(message(answer).status()).isEqualTo("HELD");

        desk.write(line, "alice", "Thanks!");
        await("SENT", answer);
    }

    @ParameterizedTest
    @EnumSource(value = Status.class, mode = Mode.EXCLUDE, names = "APPROVED")
    void refuses_one_that_is_not_approved_and_says_what_to_do(Status status) {
        provide(template("order_ready", status));

        Refused refused = (Refused) send("Ann", "A-17");

        assertThat(refused.sentence()).contains("this template");
        assertThat(refused.remedy()).contains("Choose another one", "Sync");
        nothingWasWritten();
    }

    @Test
    void refuses_one_that_has_more_than_words() {
        provide(new MessageTemplate(
                "order_ready",
                "en",
                "MARKETING",
                Status.APPROVED,
                null,
                "Look!",
                null,
                List.of(),
                "The header of this template is a picture."));

        assertThat(((Refused) send()).sentence()).contains("is a picture");
        nothingWasWritten();
    }

    @Test
    void refuses_one_that_the_channel_does_not_have() {
        TemplateMessage outcome = send("de", UUID.randomUUID(), "Ann", "A-17");

        assertThat(((Refused) outcome).remedy()).contains("Sync");
        nothingWasWritten();
    }

    @Test
    void refuses_more_or_fewer_values_than_there_are_variables() {
        assertThat(((InvalidValues) send("Ann")).problem()).contains("has variables: 2, and there are 1");
        assertThat(((InvalidValues) send("Ann", "A-17", "x")).problem()).contains("and there are 3");
        nothingWasWritten();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "two\nlines", "a\ttab", "a     gap"})
    void refuses_a_value_that_whatsapp_would_refuse_and_says_which(String value) {
        assertThat(((InvalidValues) send("Ann", value)).variable()).isEqualTo(1);
        nothingWasWritten();
    }

    @Test
    void refuses_to_write_to_a_customer_who_wants_no_messages() {
        desk.write(line, "alice", "STOP");
        assertThat(turn.run(desk.claim(line, Desk.LEASE).getFirst())).isEqualTo(Turn.Result.REPLIED);
        int before = desk.thread(line, conversation).size();

        Refused refused = (Refused) send("Ann", "A-17");

        assertThat(refused.sentence()).contains("wants no messages");
        assertThat(refused.remedy()).contains("START");
        assertThat(desk.thread(line, conversation)).hasSize(before);
    }

    @Test
    void is_a_dead_letter_when_the_provider_refuses_it_and_goes_as_the_same_template_the_second_time() {
        gateway.answer(line.channel(), new SendResult.Rejected("132015", "the template is paused"));
        ReplyId reply = underway(send("Ann", "A-17"));
        await("FAILED", reply);
        assertThat(deadLetters.list(line.tenant(), PageRequest.first(10)).items())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reply()).isEqualTo(reply));

        deadLetters.retry(line.tenant(), reply, ANNA);

        await("SENT", reply);
        assertThat(gateway.templates(reply)).hasSize(2);
        assertThat(gateway.templates(reply).getLast().template())
                .isEqualTo(gateway.templates(reply).getFirst().template());
    }

    @Test
    void keeps_its_place_among_a_persons_replies() {
        handover.reply(line.tenant(), conversation, "One", ANNA);
        underway(send("Ann", "A-17"));
        handover.reply(line.tenant(), conversation, "Three", ANNA);

        assertThat(written())
                .extracting(ThreadMessage::text)
                .containsExactly("One", "Hello Ann, order A-17 is ready.", "Three");
    }

    @Test
    void does_not_write_in_another_tenants_conversations() {
        Desk.Line other = desk.open();
        UUID request = UUID.randomUUID();
        send("en", request, "Ann", "A-17");

        assertThat(messages.send(
                        other.tenant(), conversation, "order_ready", "en", List.of("Ann", "A-17"), request, ANNA))
                .isEqualTo(new UnknownConversation());

        assertThat(written()).hasSize(1);
    }

    private void provide(MessageTemplate... all) {
        provider.set(line.channel(), all);
        assertThat(templates.sync(line.tenant(), line.channel().id(), ANNA)).isInstanceOf(TemplateSync.Synced.class);
    }

    private static MessageTemplate template(String name, Status status) {
        return new MessageTemplate(
                name, "en", "UTILITY", status, null, "Hello {{1}}, order {{2}} is ready.", null, List.of(), null);
    }

    private TemplateMessage send(String... values) {
        return send("en", UUID.randomUUID(), values);
    }

    private TemplateMessage send(String language, UUID request, String... values) {
        return messages.send(line.tenant(), conversation, "order_ready", language, List.of(values), request, ANNA);
    }

    private List<ThreadMessage> written() {
        return desk.thread(line, conversation).stream()
                .filter(message -> message.direction() == Direction.OUT)
                .toList();
    }

    private static ReplyId underway(TemplateMessage outcome) {
        assertThat(outcome).isInstanceOf(Underway.class);
        return ((Underway) outcome).reply();
    }

    private void nothingWasWritten() {
        assertThat(written()).isEmpty();
    }

    private ThreadMessage message(ReplyId reply) {
        return desk.thread(line, conversation).stream()
                .filter(message -> message.id().equals(reply.value()))
                .findFirst()
                .orElseThrow();
    }

    private void closeWindow() {
        desk.change(
                line,
                "update conversation set customer_wrote_at = customer_wrote_at - interval '25 hours' where tenant_id = ?");
    }

    private void await(String status, ReplyId reply) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            sender.sendDue();
            return message(reply).status().equals(status);
        });
    }
}
