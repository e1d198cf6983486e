package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.answering.MediaReader;
import io.switchboard.answering.MediaReaderException;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.bots.BotSentences;
import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.MediaFetch;
import io.switchboard.channels.MediaTypes;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.Sha256;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recordings whose words a turn answers, and pictures and documents that it is told of. */
@EngineTest
class AttachmentReaderTest {

    private static final String UNREADABLE = BotSentences.DEFAULTS.unreadable();

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    FakeAttachments attachments;

    @Autowired
    TurnStore turns;

    @Autowired
    AttachmentStore store;

    @Autowired
    ChannelService channels;

    @Autowired
    EngineSettings settings;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    private Desk.Line line;
    private String lastId = "";

    @BeforeEach
    void open() {
        line = desk.open();
    }

    @Test
    void answers_the_words_of_a_recording_and_shows_them_as_a_transcript() {
        ConversationId conversation = send(attachments.add(FakeAttachments.saying(" Good morning ")));

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread).hasSize(2);
        assertThat(thread.getFirst().text()).isEqualTo("Good morning");
        assertThat(thread.getFirst().isTranscript()).isTrue();
        assertThat(thread.getFirst().status()).isEqualTo("ANSWERED");
        assertThat(thread.getLast().text()).startsWith("Hello!");
    }

    @Test
    void tries_again_what_may_pass_and_answers_once() {
        String words = "Thanks " + UUID.randomUUID();
        attachments.fail(words, new MediaReaderException("overloaded", true, null, null));
        ConversationId conversation = send(attachments.add(
                new MediaFetch.Unavailable("HTTP 503"), FakeAttachments.saying(words), FakeAttachments.saying(words)));

        assertThat(run()).isEqualTo(Turn.Result.HANDED_BACK);
        assertThat(run()).isEqualTo(Turn.Result.HANDED_BACK);
        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation))
                .hasSize(2)
                .first()
                .satisfies(message -> assertThat(message.text()).isEqualTo(words));
    }

    @Test
    void waits_at_no_cost_for_a_model_that_says_when() {
        String words = UUID.randomUUID().toString();
        attachments.fail(words, new MediaReaderException("slow down", true, Duration.ofSeconds(20), null));
        send(attachments.add(FakeAttachments.saying(words)));

        assertThat(run()).isEqualTo(Turn.Result.HANDED_BACK);

        assertThat(desk.count(line, "select head_attempts from conversation where tenant_id = ?"))
                .isZero();
    }

    @Test
    void gives_a_recording_up_with_the_bots_sentence() {
        ConversationId conversation = send(attachments.add(new MediaFetch.Unavailable("HTTP 503")));
        desk.change(line, "update conversation set head_attempts = 4 where tenant_id = ?");

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(UNREADABLE);
    }

    @Test
    void answers_what_is_written_beside_a_recording_that_nobody_understands() {
        line = desk.open("standard", Duration.ofMillis(100));
        send(attachments.add(new MediaFetch.Unavailable("HTTP 503")));
        ConversationId conversation = desk.write(line, "alice", "Good evening");
        desk.change(line, "update conversation set head_attempts = 4 where tenant_id = ?");

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation))
                .hasSize(3)
                .last()
                .satisfies(reply -> assertThat(reply.text()).startsWith("Hello!"));
    }

    @Test
    void says_at_once_what_no_other_try_would_change() {
        String refused = UUID.randomUUID().toString();
        attachments.fail(refused, new MediaReaderException("no such model", false, null, null));
        for (MediaFetch answer : List.of(
                new MediaFetch.Missing("too long"),
                new MediaFetch.Expired("HTTP 404"),
                FakeAttachments.file("<html>"),
                FakeAttachments.saying("  "),
                FakeAttachments.saying(refused))) {
            ConversationId conversation = send(attachments.add(answer));

            assertThat(run()).as(answer.toString()).isEqualTo(Turn.Result.REPLIED);

            ThreadMessage reply = desk.thread(line, conversation).getLast();
            assertThat(reply.text()).as(answer.toString()).isEqualTo(UNREADABLE);
        }
    }

    @Test
    void believes_no_recording_with_another_hash_than_the_message_names() throws Exception {
        byte[] content = ((MediaFetch.Fetched) FakeAttachments.saying("Thanks")).content();
        byte[] hash = Sha256.of(content);
        byte[] other = Sha256.of("other");
        for (String good :
                List.of(Base64.getEncoder().encodeToString(hash), HexFormat.of().formatHex(hash), "<HASH>")) {
            send(attachments.add(new MediaFetch.Fetched(content)), good);
            assertThat(run()).as(good).isEqualTo(Turn.Result.REPLIED);
        }

        send(
                attachments.add(new MediaFetch.Fetched(content)),
                Base64.getEncoder().encodeToString(other));

        int before = attachments.reads();
        assertThat(run()).isEqualTo(Turn.Result.HANDED_BACK);
        assertThat(attachments.reads()).isEqualTo(before);
    }

    @Test
    void hears_a_wish_to_get_no_more_messages() {
        send(attachments.add(FakeAttachments.saying("Stop.")));

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.count(
                        line, "select count(*) from conversation where tenant_id = ? and opted_out_at is not null"))
                .isEqualTo(1);
        assertThat(desk.count(line, "select count(*) from usage_reservation where tenant_id = ? and state = 'OPEN'"))
                .isZero();
    }

    @Test
    void keeps_no_words_of_what_was_taken_back_meanwhile() {
        String words = UUID.randomUUID().toString();
        ConversationId conversation = send(attachments.add(FakeAttachments.saying(words)));
        attachments.meanwhile(
                words,
                () -> desk.change(
                        line, "update inbox set media = null, text = null, revoked_at = now() where tenant_id = ?"));

        assertThat(run()).isEqualTo(Turn.Result.SKIPPED);

        assertThat(desk.thread(line, conversation))
                .hasSize(1)
                .first()
                .satisfies(message -> assertThat(message.text()).isNull());
    }

    @Test
    void leaves_a_recording_to_whoever_took_the_claim_over() {
        String words = UUID.randomUUID().toString();
        ConversationId conversation = send(attachments.add(FakeAttachments.saying(words)));
        attachments.meanwhile(
                words, () -> desk.change(line, "update conversation set token = token + 1 where tenant_id = ?"));

        assertThat(run()).isEqualTo(Turn.Result.FENCED);

        assertThat(desk.thread(line, conversation))
                .hasSize(1)
                .first()
                .satisfies(message -> assertThat(message.text()).isNull());
    }

    @Test
    void listens_to_nothing_once_the_plan_is_spent() {
        desk.change(line, """
                insert into usage_counter (tenant_id, period, taken)
                select id, date_trunc('month', now() at time zone 'UTC')::date, 5000 from tenant where id = ?
                """);
        int before = attachments.reads();
        ConversationId conversation = send(attachments.add(FakeAttachments.saying("Hello")));

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(BotSentences.DEFAULTS.budgetSpent());
        assertThat(attachments.reads()).isEqualTo(before);
    }

    @Test
    void answers_what_is_asked_beneath_a_picture_together_with_what_it_shows() {
        ConversationId conversation = show("Good morning", attachments.add(FakeAttachments.showing(" A red mug. ")));

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        List<ThreadMessage> thread = desk.thread(line, conversation);
        assertThat(thread.getFirst().text()).isEqualTo("Good morning");
        assertThat(thread.getFirst().description()).isEqualTo("A red mug.");
        assertThat(thread.getFirst().timeline())
                .extracting(ThreadMessage.Step::name)
                .containsExactly("received", "described", "answered");
        assertThat(thread.getFirst().isTranscript()).isFalse();
        assertThat(asked()).containsExactly("Good morning\n[A red mug.]");
        assertThat(thread.getLast().text()).as("no small talk").doesNotStartWith("Hello!");
    }

    @Test
    void answers_what_a_picture_shows_where_nothing_is_written_beneath() {
        ConversationId conversation = show(null, attachments.add(FakeAttachments.showing("A red mug.")));

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(asked()).containsExactly("[A red mug.]");
        assertThat(desk.thread(line, conversation).getFirst().text()).isNull();
    }

    @Test
    void reads_documents_and_takes_a_picture_that_is_sent_as_a_file_for_a_picture() {
        write("Is this valid?", file(attachments.add(FakeAttachments.file("pdf:Ticket 1987")), "application/pdf"));
        assertThat(run()).isEqualTo(Turn.Result.REPLIED);
        assertThat(asked()).containsExactly("Is this valid?\n[Ticket 1987]");

        ConversationId conversation =
                write(null, file(attachments.add(FakeAttachments.file("gif:A red mug.")), "image/jpeg"));
        assertThat(run()).isEqualTo(Turn.Result.REPLIED);
        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(UNREADABLE);
    }

    @Test
    void tells_what_pictures_showed_before() {
        show(null, attachments.add(FakeAttachments.showing("A red mug.")));
        run();
        desk.write(line, "alice", "How much is it?");

        TurnInput next = turns.read(desk.claim(line, Desk.LEASE).getFirst());

        assertThat(next).isNotNull();
        assertThat(next.history()).first().isEqualTo(new Utterance(Speaker.CUSTOMER, "[A red mug.]"));
    }

    @Test
    void answers_the_words_beneath_a_picture_that_cannot_be_seen() {
        String what = UUID.randomUUID().toString();
        attachments.fail(what, new MediaReaderException("no such model", false, null, null));
        for (MediaFetch answer : List.of(
                new MediaFetch.Missing("too long"),
                FakeAttachments.file("gif:" + what),
                FakeAttachments.file("sound:" + what),
                FakeAttachments.showing(" "),
                FakeAttachments.showing(what))) {
            ConversationId conversation = show("Good morning", attachments.add(answer));

            assertThat(run()).as(answer.toString()).isEqualTo(Turn.Result.REPLIED);

            assertThat(desk.thread(line, conversation).getLast().text())
                    .as(answer.toString())
                    .startsWith("Hello!");
        }
    }

    @Test
    void tries_a_picture_again_and_then_answers_what_stands_beneath() {
        ConversationId conversation = show("Good morning", attachments.add(new MediaFetch.Unavailable("HTTP 503")));
        assertThat(run()).isEqualTo(Turn.Result.HANDED_BACK);
        desk.change(line, "update conversation set head_attempts = 4 where tenant_id = ?");

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).startsWith("Hello!");
    }

    @ParameterizedTest
    @CsvSource({"image/jpeg, true", "image/jpg, true", "Image/JPEG; q=1, true", ", true", "image/png, false"})
    void sees_no_picture_that_is_another_than_its_message_says(@Nullable String declared, boolean seen) {
        int before = attachments.reads();
        write(
                null,
                new MessageMedia(
                        MessageMedia.Type.IMAGE,
                        attachments.add(FakeAttachments.showing("A red mug.")),
                        declared,
                        null,
                        null));

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(attachments.reads() - before).isEqualTo(seen ? 1 : 0);
    }

    @Test
    void takes_no_word_in_a_picture_for_a_wish() {
        show(null, attachments.add(FakeAttachments.showing("STOP")));

        run();

        assertThat(desk.count(
                        line, "select count(*) from conversation where tenant_id = ? and opted_out_at is not null"))
                .isZero();
    }

    @Test
    void forgets_what_a_picture_showed_when_it_is_taken_back() {
        ConversationId conversation = show("Mine", attachments.add(FakeAttachments.showing("A red mug.")));
        run();

        desk.write(
                line,
                "alice",
                MessageContent.of(MessageKind.REVOKE, null).refersTo(lastId),
                UUID.randomUUID().toString(),
                Duration.ZERO);

        assertThat(desk.thread(line, conversation).getFirst().status()).isEqualTo("REVOKED");
        assertThat(desk.count(line, "select count(*) from inbox where tenant_id = ? and description is not null"))
                .isZero();
    }

    @Test
    void reads_nothing_for_which_no_model_is_set() {
        StaticListableBeanFactory models = new StaticListableBeanFactory();
        models.addBean("ears", attachments.ears());
        AttachmentReader blind = new AttachmentReader(
                store,
                channels,
                models.getBeanProvider(ChannelMedia.class),
                models.getBeanProvider(MediaTypes.class),
                models.getBeanProvider(MediaReader.class),
                settings);
        send(attachments.add(FakeAttachments.saying("Hello")));
        show("Hello", attachments.add(FakeAttachments.showing("A red mug.")));

        List<TurnInput.Pending> pending =
                turns.read(desk.claim(line, Desk.LEASE).getFirst()).pending();

        assertThat(pending).extracting(blind::reads).containsExactly(true, false);
    }

    /** 16 at once, of which a tenant has 8. */
    @Test
    void reads_no_more_at_once_for_one_tenant_than_its_share() throws Exception {
        CountDownLatch reading = new CountDownLatch(8);
        CountDownLatch enough = new CountDownLatch(1);
        for (int customer = 0; customer < 9; customer++) {
            String words = UUID.randomUUID().toString();
            attachments.meanwhile(words, () -> {
                reading.countDown();
                awaitQuietly(enough);
            });
            boolean spoken = customer % 2 == 0;
            String reference = attachments.add(spoken ? FakeAttachments.saying(words) : FakeAttachments.showing(words));
            desk.write(
                    line,
                    "customer" + customer,
                    MessageContent.of(MessageKind.MEDIA, null)
                            .carrying(List.of(spoken ? voice(reference, null) : picture(reference))),
                    UUID.randomUUID().toString(),
                    Duration.ZERO);
        }
        List<Claim> claims = desk.claim(line, Desk.LEASE);
        assertThat(claims).hasSize(9);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Turn.Result>> running = new ArrayList<>();
            claims.subList(0, 8).forEach(claim -> running.add(threads.submit(() -> turn.run(claim))));
            assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(turn.run(claims.getLast())).isEqualTo(Turn.Result.HANDED_BACK);
            line = desk.open();
            send(attachments.add(FakeAttachments.saying("Hello")));
            assertThat(run()).as("another tenant").isEqualTo(Turn.Result.REPLIED);

            enough.countDown();
            for (Future<Turn.Result> done : running) {
                assertThat(done.get()).isEqualTo(Turn.Result.REPLIED);
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> asked() {
        return transactions.call(
                line.tenant(),
                () -> jdbc.sql("select question from asked_question where tenant_id = ?")
                        .param(line.tenant().value())
                        .query(String.class)
                        .list());
    }

    private ConversationId show(@Nullable String caption, String reference) {
        return write(caption, picture(reference));
    }

    private static MessageMedia picture(String reference) {
        return new MessageMedia(MessageMedia.Type.IMAGE, reference, "image/jpeg", null, null);
    }

    private static MessageMedia file(String reference, String mimeType) {
        return new MessageMedia(MessageMedia.Type.DOCUMENT, reference, mimeType, null, null);
    }

    private static MessageMedia voice(String reference, @Nullable String hash) {
        return new MessageMedia(MessageMedia.Type.VOICE, reference, "audio/ogg; codecs=opus", null, hash);
    }

    private ConversationId send(String reference) {
        return send(reference, null);
    }

    private ConversationId send(String reference, @Nullable String hash) {
        return write(null, voice(reference, hash));
    }

    private ConversationId write(@Nullable String caption, MessageMedia media) {
        lastId = UUID.randomUUID().toString();
        MessageContent content = MessageContent.of(MessageKind.MEDIA, caption).carrying(List.of(media));
        return desk.write(line, "alice", content, lastId, Duration.ZERO);
    }

    /** The next claim, however long it should wait. */
    private Turn.Result run() {
        desk.change(line, "update conversation set run_at = now() where tenant_id = ? and done_seq < last_seq");
        return turn.run(desk.claim(line, Desk.LEASE).getFirst());
    }
}
