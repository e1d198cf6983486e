package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.FileType;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.SendResult;
import io.switchboard.conversations.FileReply.InvalidFile;
import io.switchboard.conversations.FileReply.InvalidText;
import io.switchboard.conversations.FileReply.Refused;
import io.switchboard.conversations.FileReply.TooLarge;
import io.switchboard.conversations.FileReply.Underway;
import io.switchboard.conversations.FileReply.UnknownConversation;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.UserId;
import io.switchboard.secrets.InstallationSecretsService;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Files that people send: what is taken, how they leave, and who gets them. */
@EngineTest
class FileReplyTest {

    private static final Actor ANNA = new Actor(UserId.next(), "Anna");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] OFFER = bytes("pdf:an offer");

    @Autowired
    Desk desk;

    @Autowired
    ReplySender sender;

    @Autowired
    ReplyQueue queue;

    @Autowired
    HandoverService handover;

    @Autowired
    FileReplyService files;

    @Autowired
    InstallationSecretsService secrets;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    ReplyFileStore store;

    @Autowired
    FileLinks links;

    @Autowired
    DeadLetterService deadLetters;

    @Autowired
    FakeGateway gateway;

    @Autowired
    AuditService audit;

    @Autowired
    Clock clock;

    private Desk.Line line;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        line = desk.open();
        conversation = desk.write(line, "alice", "What does it cost?");
    }

    @Test
    void leaves_with_its_words_between_the_texts_before_and_after() {
        ReplyId before =
                handover.reply(line.tenant(), conversation, "One moment.", ANNA).orElseThrow();
        ReplyId file = underway(send(" Our *offer* \n", "offer.pdf", OFFER));
        ReplyId after = handover.reply(line.tenant(), conversation, "Any questions?", ANNA)
                .orElseThrow();

        await("SENT", after);

        assertThat(gateway.asked(List.of(before, file, after))).containsExactly(before, file, after);
        OutboundFile sent = gateway.files(file).getFirst();
        assertThat(sent.message().to()).isEqualTo("alice");
        assertThat(sent.message().text()).isEqualTo("Our *offer*");
        assertThat(sent.file().name()).isEqualTo("offer.pdf");
        assertThat(sent.file().type()).isEqualTo(FileType.PDF);
        assertThat(sent.file().content()).isEqualTo(OFFER);
        assertThat(gateway.received(file)).as("sent as a text").isEmpty();
        assertThat(message(file).file()).isEqualTo(new SentFile("offer.pdf", "application/pdf", OFFER.length));
        assertThat(desk.thread(line, conversation).getFirst().status()).isEqualTo("ANSWERED");
    }

    @Test
    void leaves_no_room_beyond_the_storage_of_the_plan() {
        String plan = "p-" + UUID.randomUUID();
        tenancy.savePlan(new Plan(plan, null, null, OFFER.length * 2L));
        tenancy.changePlan(line.tenant(), plan);
        underway(send("", "one.pdf", OFFER));
        underway(send("", "two.pdf", OFFER));

        assertThat(send("", "three.pdf", OFFER))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.sentence()).contains("storage of your plan"));

        assertThat(desk.thread(line, conversation)).hasSize(3);
    }

    @Test
    void needs_no_words_and_names_the_file_in_the_audit_log() {
        ReplyId reply = underway(send(" ", "C:\\fakepath\\offer\u202E\u0007.pdf", OFFER));

        await("SENT", reply);

        assertThat(gateway.files(reply).getFirst().message().text()).isEmpty();
        assertThat(message(reply).file()).isNotNull();
        assertThat(audit.list(line.tenant(), PageRequest.first(10)).items())
                .filteredOn(entry -> entry.action().equals("sent a file"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.detail()).isEqualTo("offer.pdf");
                    assertThat(entry.actor()).isEqualTo(ANNA);
                });
    }

    @Test
    void waits_like_a_text_until_the_customer_writes_again() {
        gateway.closeAfter(Duration.ofHours(24));
        try {
            desk.change(
                    line,
                    "update conversation set customer_wrote_at = customer_wrote_at - interval '25 hours' where tenant_id = ?");
            ReplyId reply = underway(send("", "offer.pdf", OFFER));

            await("HELD", reply);
            assertThat(gateway.files(reply)).isEmpty();

            desk.write(line, "alice", "Hello?");
            await("SENT", reply);
            assertThat(gateway.files(reply)).hasSize(1);
        } finally {
            gateway.closeAfter(null);
        }
    }

    @Test
    void is_not_repeated_before_its_status_had_time_to_come() throws Exception {
        ReplyId reply = underway(send("", "offer.pdf", OFFER));
        gateway.answer(line.channel(), new SendResult.Unclear("read timed out"));
        await("UNKNOWN", reply);
        sender.sendDue();
        assertThat(gateway.files(reply)).hasSize(1);

        desk.change(line, "update reply set next_at = now() where tenant_id = ? and status = 'UNKNOWN'");
        await("SENT", reply);

        assertThat(gateway.files(reply)).hasSize(2);
    }

    @Test
    void survives_a_sender_that_dies_on_the_way() throws Exception {
        ReplyId reply = underway(send("", "offer.pdf", OFFER));
        assertThat(queue.claim(1000, Duration.ofMillis(1), Desk.PLACES).claims())
                .extracting(SendClaim::reply)
                .contains(reply);
        Awaitility.await().atMost(PATIENCE).until(() -> {
            queue.reconcile(Duration.ofHours(1));
            return message(reply).status().equals("UNKNOWN");
        });
        sender.sendDue();
        assertThat(gateway.files(reply)).isEmpty();

        desk.change(line, "update reply set next_at = now() where tenant_id = ? and status = 'UNKNOWN'");
        await("SENT", reply);

        assertThat(gateway.files(reply))
                .singleElement()
                .satisfies(sent -> assertThat(sent.file().content()).isEqualTo(OFFER));
    }

    @Test
    void comes_as_a_dead_letter_where_it_is_refused_and_leaves_again_from_there() {
        ReplyId reply = underway(send("", "offer.pdf", OFFER));
        gateway.answer(line.channel(), new SendResult.Rejected("131026", "undeliverable"));
        await("FAILED", reply);
        assertThat(deadLetters.list(line.tenant(), PageRequest.first(10)).items())
                .singleElement()
                .satisfies(letter -> assertThat(letter.text()).isEqualTo("offer.pdf"));

        deadLetters.retry(line.tenant(), reply, ANNA);

        await("SENT", reply);
        assertThat(gateway.files(reply)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "offer.jpg, pdf:x",
        "offer, pdf:x",
        "offer.html, <p>",
        "offer.pdf, <p>",
        "page.txt, <script>",
        ".pdf., pdf:x",
        "'', pdf:x"
    })
    void refuses_what_it_does_not_send_and_what_is_called_something_else(String name, String content) {
        assertThat(send("", name, bytes(content))).isInstanceOf(InvalidFile.class);
        assertNothingStored();
    }

    @Test
    void refuses_what_is_too_large_empty_or_has_too_many_words_beside_it() {
        byte[] picture = Arrays.copyOf(bytes("jpeg:x"), FileType.LARGEST_PICTURE + 1);
        byte[] document = Arrays.copyOf(OFFER, FileType.LARGEST_DOCUMENT + 1);

        assertThat(send("", "large.jpg", picture))
                .isEqualTo(new TooLarge("A picture may have 5 MB at most. Make it smaller, or send a link to it."));
        assertThat(send("", "large.pdf", document))
                .isEqualTo(new TooLarge("A document may have 10 MB at most. Make it smaller, or send a link to it."));
        assertThat(send("", "empty.pdf", new byte[0])).isEqualTo(new InvalidFile("is empty"));
        assertThat(send("x".repeat(1025), "offer.pdf", OFFER))
                .isEqualTo(
                        new InvalidText("has 1024 characters at most beside a file; send it as a message of its own"));
        assertNothingStored();

        await("SENT", underway(send("x".repeat(1024), "large.pdf", Arrays.copyOf(OFFER, FileType.LARGEST_DOCUMENT))));
    }

    @Test
    void does_not_show_another_tenants_file_and_sends_none_into_its_conversations() {
        Desk.Line other = desk.open();
        ReplyId reply = underway(send("", "offer.pdf", OFFER));

        assertThat(files.find(line.tenant(), conversation, reply).map(AttachedFile::content))
                .contains(OFFER);
        assertThat(files.find(other.tenant(), conversation, reply)).isEmpty();
        assertThat(files.find(line.tenant(), ConversationId.next(), reply)).isEmpty();
        assertThat(files.send(other.tenant(), conversation, "", "offer.pdf", OFFER, ANNA))
                .isEqualTo(new UnknownConversation());
        assertThat(files.rules(other.tenant(), conversation).obstacle()).isNotNull();
    }

    @Test
    void gives_a_file_to_whoever_has_its_link_for_an_hour() {
        ReplyId reply = underway(send("", "offer.pdf", OFFER));
        String token = links.token(line.tenant(), reply);

        assertThat(token).matches("[A-Za-z0-9_-]{80,200}");
        assertThat(links.open(token).map(AttachedFile::content)).contains(OFFER);
        assertThat(links.token(line.tenant(), reply)).isNotEqualTo(token);
        assertThat(after(Duration.ofMinutes(59)).open(token)).isPresent();
        assertThat(after(Duration.ofMinutes(61)).open(token)).isEmpty();
        desk.change(line, "update inbox set reply_id = null where tenant_id = ?");
        desk.change(line, "delete from reply where tenant_id = ? and author is not null");
        assertThat(links.open(token)).as("of a file that is gone").isEmpty();
    }

    @Test
    void opens_nothing_with_a_link_that_was_made_up_or_joins_two_tenants() {
        ReplyId reply = underway(send("", "offer.pdf", OFFER));
        byte[] token = Base64.getUrlDecoder().decode(links.token(line.tenant(), reply));

        for (int at = 0; at < token.length; at++) {
            byte[] forged = token.clone();
            forged[at] ^= 1;
            assertThat(links.open(Base64.getUrlEncoder().withoutPadding().encodeToString(forged)))
                    .as("byte " + at)
                    .isEmpty();
        }
        assertThat(links.open(links.token(desk.open().tenant(), reply))).isEmpty();
        List.of("", "x", "..", "a b", "%00", "A".repeat(100), "A".repeat(100_000))
                .forEach(made -> assertThat(links.open(made)).as(made).isEqualTo(Optional.empty()));
    }

    private FileLinks after(Duration time) {
        return new FileLinks(secrets, transactions, store, Clock.offset(clock, time));
    }

    private FileReply send(String text, String name, byte[] content) {
        return files.send(line.tenant(), conversation, text, name, content, ANNA);
    }

    private static ReplyId underway(FileReply outcome) {
        assertThat(outcome).isInstanceOf(Underway.class);
        return ((Underway) outcome).reply();
    }

    private void assertNothingStored() {
        assertThat(desk.thread(line, conversation)).hasSize(1);
        assertThat(desk.count(line, "select count(*) from reply_file where tenant_id = ?"))
                .isZero();
        assertThat(audit.list(line.tenant(), PageRequest.first(10)).items())
                .extracting(AuditEntry::action)
                .doesNotContain("sent a file");
    }

    private ThreadMessage message(ReplyId reply) {
        return desk.thread(line, conversation).stream()
                .filter(message -> message.id().equals(reply.value()))
                .findFirst()
                .orElseThrow();
    }

    private void await(String status, ReplyId reply) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            sender.sendDue();
            return message(reply).status().equals(status);
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
