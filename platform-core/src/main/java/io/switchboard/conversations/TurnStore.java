package io.switchboard.conversations;

import static java.util.Objects.requireNonNull;

import io.switchboard.answering.Answer;
import io.switchboard.answering.AnsweringService;
import io.switchboard.answering.MediaReader.Sense;
import io.switchboard.answering.Question;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a turn answers and writes its result, in one transaction that only the holder of the newest claim can make. */
@Component
class TurnStore {

    /** Messages and replies before the turn that the chain sees. */
    private static final int HISTORY = 8;

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** What is unanswered, and the last of what was said before; each part from the end of its index. */
    private static final String THREAD = """
            (select i.seq, 'CUSTOMER' as speaker, i.kind, i.text, %1$s as said, i.sent_at, i.received_at,
                    i.revoked_at is not null as revoked, i.provider_message_id,
                    case when i.kind = 'MEDIA' and i.description is null then i.media::text end as media, null as choices
               from inbox i
              where i.tenant_id = :tenant and i.conversation_id = :conversation and i.seq > :done)
            union all
            (select i.seq, 'CUSTOMER', i.kind, i.text, %1$s, i.sent_at, i.received_at, i.revoked_at is not null, null, null, null
               from inbox i
              where i.tenant_id = :tenant and i.conversation_id = :conversation and i.seq <= :done
                and (i.text is not null or i.description is not null) and i.kind <> 'EDIT'
              order by i.seq desc limit :limit)
            union all
            (select last_seq, 'BOT', null, text, text, created_at, created_at, false, null, null,
                    case when choices_numbered then choices::text end from reply
              where tenant_id = :tenant and conversation_id = :conversation and last_seq <= :done and text <> ''
              order by last_seq desc limit :limit)
            order by seq, speaker desc
            """.formatted(MessageRows.SAID);

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final ReplyWriter replies;
    private final AnsweringService answering;
    private final DeliveryPolicyService policies;
    private final JsonMapper json;
    private final Clock clock;

    TurnStore(
            TenantTransactions transactions,
            JdbcClient jdbc,
            ReplyWriter replies,
            AnsweringService answering,
            DeliveryPolicyService policies,
            JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.replies = replies;
        this.answering = answering;
        this.policies = policies;
        this.json = json;
        this.clock = clock;
    }

    /** Everything unanswered; null if there is nothing, which ends the claim. */
    @Nullable
    TurnInput read(Claim claim) {
        boolean[] optedOut = {false};
        List<Line> lines = transactions.call(claim.tenant(), () -> {
            optedOut[0] = isOptedOut(claim);
            return understood(jdbc.sql(THREAD)
                    .param("tenant", claim.tenant().value())
                    .param("conversation", claim.conversation().value())
                    .param("done", claim.doneSeq())
                    .param("limit", HISTORY)
                    .query(this::line)
                    .list());
        });
        List<TurnInput.Pending> pending = lines.stream()
                .filter(line -> line.seq() > claim.doneSeq())
                .map(Line::pending)
                .toList();
        if (pending.isEmpty()) {
            return null;
        }
        List<Utterance> before = lines.stream()
                .filter(line -> line.seq() <= claim.doneSeq())
                .map(line -> new Utterance(line.speaker(), words(line.said())))
                .toList();
        Duration answerWithin = policies.findRecent(claim.tenant()).answerWithin();
        return new TurnInput(
                claim.channel(),
                pending,
                before.subList(Math.max(0, before.size() - HISTORY), before.size()),
                recent(lines),
                answerWithin,
                optedOut[0]);
    }

    /** With the words of a choice where the customer wrote its number. */
    private static List<Line> understood(List<Line> lines) {
        List<Line> understood = new ArrayList<>();
        NumberedChoices offered = NumberedChoices.NONE;
        for (Line line : lines) {
            if (line.speaker() == Speaker.BOT) {
                offered = line.offered();
                understood.add(line);
            } else {
                understood.add(line.answering(offered));
            }
        }
        return understood;
    }

    private boolean isOptedOut(Claim claim) {
        return jdbc.sql("select opted_out_at is not null from conversation where tenant_id = ? and id = ?")
                .params(claim.tenant().value(), claim.conversation().value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** Does what the customer asked for, and confirms it; false if the claim is stale. */
    boolean opt(Claim claim, TurnInput.OptRequest request) {
        return transactions.call(claim.tenant(), () -> {
            boolean ours = replies.endTurn(claim, request.upTo(), ReplyDraft.opted(request.word()));
            if (ours) {
                jdbc.sql("""
                                update conversation set opted_out_at = case when :out then coalesce(opted_out_at, :now) end
                                 where tenant_id = :tenant and id = :id
                                """)
                        .param("out", request.word().wish() == OptWord.Wish.OUT)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.conversation().value())
                        .update();
            }
            return ours;
        });
    }

    private int recent(List<Line> lines) {
        Instant minuteAgo = clock.instant().minus(A_MINUTE);
        return (int) lines.stream()
                .filter(line -> line.speaker() == Speaker.CUSTOMER
                        && line.counts()
                        && line.receivedAt().isAfter(minuteAgo))
                .count();
    }

    /** True if messages came that the turn up to {@code lastSeq} does not cover. */
    boolean hasMore(Claim claim, long lastSeq) {
        return transactions.call(
                claim.tenant(),
                () -> jdbc.sql("select last_seq > ? from conversation where tenant_id = ? and id = ?")
                        .params(
                                lastSeq,
                                claim.tenant().value(),
                                claim.conversation().value())
                        .query(Boolean.class)
                        .single());
    }

    /** Completes a turn with the chain's answer, and settles its quota; false if the claim is stale and nothing was written. */
    boolean complete(Claim claim, TurnInput input, Question question, Answer answer) {
        return transactions.call(claim.tenant(), () -> {
            boolean ours = replies.endTurn(claim, input, ReplyDraft.of(question, answer));
            if (ours) {
                answering.settle(claim.tenant(), question, answer);
            }
            return ours;
        });
    }

    /** Completes a turn with a text that no chain made, such as the fallback; false if the claim is stale. */
    boolean complete(Claim claim, TurnInput input, ReplyDraft draft) {
        return transactions.call(claim.tenant(), () -> replies.endTurn(claim, input, draft));
    }

    /** Puts a new answer into the reply of a turn that had failed, and sends it; false if that reply is no longer the fallback. */
    boolean replaceFallback(TenantId tenant, ReplyId reply, Question question, Answer answer) {
        return transactions.call(tenant, () -> {
            ReplyDraft draft = ReplyDraft.of(question, answer);
            int rows = jdbc.sql("""
                            update reply
                               set outcome = :outcome, text = :text, citations = :citations::jsonb, model = :model,
                                   choices = :choices::jsonb,
                                   input_tokens = :input, output_tokens = :output, retrieval_millis = :retrieval,
                                   generation_millis = :generation, created_at = :now, status = 'PENDING', attempts = 0,
                                   next_at = clock_timestamp(), provider_message_id = null, sending_at = null, sent_at = null,
                                   delivered_at = null, read_at = null, failed_at = null, error_code = null, error_detail = null
                             where tenant_id = :tenant and id = :id and outcome = :fallback and discarded_at is null
                            """)
                    .param("outcome", draft.outcome())
                    .param("text", draft.text())
                    .param("citations", json.writeValueAsString(draft.citations()))
                    .param("choices", StoredChoices.write(json, draft.choices()))
                    .param("model", draft.model())
                    .param("input", draft.inputTokens())
                    .param("output", draft.outputTokens())
                    .param("retrieval", draft.retrievalMillis())
                    .param("generation", draft.generationMillis())
                    .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("tenant", tenant.value())
                    .param("id", reply.value())
                    .param("fallback", ReplyDraft.FALLBACK)
                    .update();
            if (rows == 1) {
                answering.settle(tenant, question, answer);
            }
            return rows == 1;
        });
    }

    /** What a failed turn was asked; empty if the reply is not the fallback of one. */
    Optional<FailedTurn> failedTurn(TenantId tenant, ReplyId reply) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select r.channel_id, r.conversation_id, r.first_seq,
                               (select string_agg(%s, E'\n' order by i.seq) from inbox i
                                 where i.tenant_id = r.tenant_id and i.reply_id = r.id
                                   and i.kind in ('TEXT', 'CHOICE', 'MEDIA')) as question,
                               (select case when b.choices_numbered then b.choices::text end from reply b
                                 where b.tenant_id = r.tenant_id and b.conversation_id = r.conversation_id
                                   and b.last_seq < r.first_seq and b.text <> ''
                                 order by b.last_seq desc limit 1) as choices
                          from reply r
                         where r.tenant_id = ? and r.id = ? and r.outcome = ? and r.discarded_at is null
                        """.formatted(MessageRows.SAID))
                        .params(tenant.value(), reply.value(), ReplyDraft.FALLBACK)
                        .query((row, number) -> new FailedTurn(
                                new ChannelId(row.getObject("channel_id", UUID.class)),
                                new ConversationId(row.getObject("conversation_id", UUID.class)),
                                row.getLong("first_seq"),
                                new NumberedChoices(StoredChoices.read(json, row))
                                        .meant(words(row.getString("question")))))
                        .optional());
    }

    /** @param question blank if there is nothing to answer */
    record FailedTurn(ChannelId channel, ConversationId conversation, long firstSeq, String question) {}

    /** True if more messages than this may have come in the last minute; {@link #flow} knows. */
    static boolean maybeFlood(TurnInput input, int allowed) {
        return input.recentMessages() > allowed || input.recentMessages() >= HISTORY;
    }

    /**
     * Whether too many messages that say something came in the last minute, and whether the customer was told so in it. Looks at the newest only,
     * so that a long conversation costs no more than a short one.
     *
     * @param allowed how many may come in a minute
     */
    Flow flow(Claim claim, int allowed) {
        return transactions.call(
                claim.tenant(),
                () -> jdbc.sql("""
                        select (select count(*) from (
                                  select received_at from inbox
                                   where tenant_id = :tenant and conversation_id = :conversation
                                     and (text is not null or kind in ('MEDIA', 'LOCATION', 'CONTACT'))
                                   order by seq desc limit :allowed + 1) newest
                                 where received_at > :since) as messages,
                               (select count(*) from (
                                  select outcome, created_at from reply
                                   where tenant_id = :tenant and conversation_id = :conversation
                                   order by last_seq desc limit :allowed + 1) newest
                                 where outcome = :flood and created_at > :since) > 0 as told
                        """)
                        .param("tenant", claim.tenant().value())
                        .param("conversation", claim.conversation().value())
                        .param("allowed", allowed)
                        .param("since", clock.instant().minus(A_MINUTE).atOffset(ZoneOffset.UTC))
                        .param("flood", ReplyDraft.FLOOD)
                        .query((row, number) -> new Flow(row.getLong("messages") > allowed, row.getBoolean("told")))
                        .single());
    }

    record Flow(boolean tooMany, boolean told) {}

    /** Moves on over messages that ask for nothing; false if the claim is stale. */
    boolean skip(Claim claim, TurnInput input) {
        return transactions.call(claim.tenant(), () -> moveHead(claim, input.lastSeq()));
    }

    /** Moves on over messages that get no answer, and shows people why; false if the claim is stale. */
    boolean skip(Claim claim, TurnInput input, Skip reason) {
        return transactions.call(claim.tenant(), () -> {
            boolean ours = moveHead(claim, input.lastSeq());
            if (ours) {
                jdbc.sql("""
                                update inbox set skipped = :reason
                                 where tenant_id = :tenant and conversation_id = :conversation and seq between :first and :last
                                """)
                        .param("reason", reason.name())
                        .param("tenant", claim.tenant().value())
                        .param("conversation", claim.conversation().value())
                        .param("first", claim.firstSeq())
                        .param("last", input.lastSeq())
                        .update();
            }
            return ours;
        });
    }

    /** Ends a claim that found nothing to do. */
    void finish(Claim claim) {
        transactions.run(claim.tenant(), () -> moveHead(claim, claim.doneSeq()));
    }

    /** The fence: one row, or the claim is stale. What else is to be done is decided on the row that the webhook locks too. */
    private boolean moveHead(Claim claim, long lastSeq) {
        return jdbc.sql("""
                                update conversation
                                   set done_seq = :last, head_attempts = 0, lease_until = null,
                                       run_at = case when last_seq > :last then clock_timestamp() end,
                                       waiting_since = case when last_seq > :last then clock_timestamp() end
                                 where tenant_id = :tenant and id = :id and token = :token and done_seq = :done
                                """)
                        .param("last", lastSeq)
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.conversation().value())
                        .param("token", claim.token())
                        .param("done", claim.doneSeq())
                        .update()
                == 1;
    }

    private Line line(ResultSet row, int number) throws SQLException {
        return new Line(
                row.getLong("seq"),
                Speaker.valueOf(row.getString("speaker")),
                row.getString("kind"),
                row.getString("text"),
                row.getString("said"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("revoked"),
                attachment(row),
                new NumberedChoices(StoredChoices.read(json, row)));
    }

    private TurnInput.@Nullable Attachment attachment(ResultSet row) throws SQLException {
        String message = row.getString("provider_message_id");
        String media = row.getString("media");
        if (message == null || media == null) {
            return null;
        }
        boolean worded = row.getString("text") != null;
        return Stream.of(json.readValue(media, MessageMedia[].class))
                .flatMap(found -> found.sense().map(sense -> new TurnInput.Attachment(found, sense, message)).stream())
                .filter(found -> !worded || found.sense() != Sense.HEARING)
                .findFirst()
                .orElse(null);
    }

    private static String words(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** A message, also with what its picture shows, or a reply; the kind is the message's, what is offered is the reply's. */
    private record Line(
            long seq,
            Speaker speaker,
            @Nullable String kind,
            @Nullable String text,
            @Nullable String said,
            Instant sentAt,
            Instant receivedAt,
            boolean revoked,
            TurnInput.@Nullable Attachment attachment,
            NumberedChoices offered) {

        /** A number beneath a picture is none of these. */
        Line answering(NumberedChoices read) {
            if (text == null || !text.equals(said) || MessageKind.CHOICE.name().equals(kind)) {
                return this;
            }
            String meant = read.meant(text);
            return new Line(seq, speaker, kind, meant, meant, sentAt, receivedAt, revoked, attachment, offered);
        }

        TurnInput.Pending pending() {
            MessageKind what = MessageKind.valueOf(requireNonNull(kind));
            return new TurnInput.Pending(
                    seq,
                    what.answerable(said),
                    !revoked && what.unreadable(said),
                    words(text),
                    words(said),
                    sentAt,
                    receivedAt,
                    revoked ? null : attachment);
        }

        /** Whether it counts towards too many messages. */
        boolean counts() {
            return text != null || (kind != null && MessageKind.valueOf(kind).unreadable(null));
        }
    }
}
