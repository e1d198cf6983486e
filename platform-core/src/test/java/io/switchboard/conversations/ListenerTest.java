package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.answering.TranscriberException;
import io.switchboard.bots.BotSentences;
import io.switchboard.channels.MediaFetch;
import io.switchboard.kernel.ConversationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Recordings whose words a turn answers. */
@EngineTest
class ListenerTest {

    private static final String UNREADABLE = BotSentences.DEFAULTS.unreadable();

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    FakeRecordings recordings;

    private Desk.Line line;

    @BeforeEach
    void open() {
        line = desk.open();
    }

    @Test
    void answers_the_words_of_a_recording_and_shows_them_as_a_transcript() {
        ConversationId conversation = send(recordings.add(FakeRecordings.saying(" Good morning ")));

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
        recordings.fail(words, new TranscriberException("overloaded", true, null, null));
        ConversationId conversation = send(recordings.add(
                new MediaFetch.Unavailable("HTTP 503"), FakeRecordings.saying(words), FakeRecordings.saying(words)));

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
        recordings.fail(words, new TranscriberException("slow down", true, Duration.ofSeconds(20), null));
        send(recordings.add(FakeRecordings.saying(words)));

        assertThat(run()).isEqualTo(Turn.Result.HANDED_BACK);

        assertThat(desk.count(line, "select head_attempts from conversation where tenant_id = ?"))
                .isZero();
    }

    @Test
    void gives_a_recording_up_with_the_bots_sentence() {
        ConversationId conversation = send(recordings.add(new MediaFetch.Unavailable("HTTP 503")));
        desk.change(line, "update conversation set head_attempts = 4 where tenant_id = ?");

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(UNREADABLE);
    }

    @Test
    void answers_what_is_written_beside_a_recording_that_nobody_understands() {
        line = desk.open("standard", Duration.ofMillis(100));
        send(recordings.add(new MediaFetch.Unavailable("HTTP 503")));
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
        recordings.fail(refused, new TranscriberException("no such model", false, null, null));
        for (MediaFetch answer : List.of(
                new MediaFetch.Missing("too long"),
                new MediaFetch.Expired("HTTP 404"),
                new MediaFetch.Fetched("<html>".getBytes(StandardCharsets.UTF_8)),
                FakeRecordings.saying("  "),
                FakeRecordings.saying(refused))) {
            ConversationId conversation = send(recordings.add(answer));

            assertThat(run()).as(answer.toString()).isEqualTo(Turn.Result.REPLIED);

            ThreadMessage reply = desk.thread(line, conversation).getLast();
            assertThat(reply.text()).as(answer.toString()).isEqualTo(UNREADABLE);
        }
    }

    @Test
    void believes_no_recording_with_another_hash_than_the_message_names() throws Exception {
        byte[] content = ((MediaFetch.Fetched) FakeRecordings.saying("Thanks")).content();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
        byte[] other = MessageDigest.getInstance("SHA-256").digest("other".getBytes(StandardCharsets.UTF_8));
        for (String good :
                List.of(Base64.getEncoder().encodeToString(hash), HexFormat.of().formatHex(hash), "<HASH>")) {
            send(recordings.add(new MediaFetch.Fetched(content)), good);
            assertThat(run()).as(good).isEqualTo(Turn.Result.REPLIED);
        }

        send(
                recordings.add(new MediaFetch.Fetched(content)),
                Base64.getEncoder().encodeToString(other));

        int before = recordings.heard();
        assertThat(run()).isEqualTo(Turn.Result.HANDED_BACK);
        assertThat(recordings.heard()).isEqualTo(before);
    }

    @Test
    void hears_a_wish_to_get_no_more_messages() {
        send(recordings.add(FakeRecordings.saying("Stop.")));

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
        ConversationId conversation = send(recordings.add(FakeRecordings.saying(words)));
        recordings.meanwhile(
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
        ConversationId conversation = send(recordings.add(FakeRecordings.saying(words)));
        recordings.meanwhile(
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
        int before = recordings.heard();
        ConversationId conversation = send(recordings.add(FakeRecordings.saying("Hello")));

        assertThat(run()).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).isEqualTo(BotSentences.DEFAULTS.budgetSpent());
        assertThat(recordings.heard()).isEqualTo(before);
    }

    private ConversationId send(String reference) {
        return send(reference, null);
    }

    private ConversationId send(String reference, @Nullable String hash) {
        MessageContent voice = MessageContent.of(MessageKind.MEDIA, null)
                .carrying(List.of(
                        new MessageMedia(MessageMedia.Type.VOICE, reference, "audio/ogg; codecs=opus", null, hash)));
        return desk.write(line, "alice", voice, UUID.randomUUID().toString(), Duration.ZERO);
    }

    /** The next claim, however long it should wait. */
    private Turn.Result run() {
        desk.change(line, "update conversation set run_at = now() where tenant_id = ? and done_seq < last_seq");
        return turn.run(desk.claim(line, Desk.LEASE).getFirst());
    }
}
