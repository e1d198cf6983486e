package io.switchboard.conversations;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Turns and sends that failed for good: listed until a person tries them again or puts them away. */
@Service
public class DeadLetterService {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Turn turn;
    private final ReplySender sender;
    private final AuditService audit;

    DeadLetterService(
            TenantTransactions transactions, JdbcClient jdbc, Turn turn, ReplySender sender, AuditService audit) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.turn = turn;
        this.sender = sender;
        this.audit = audit;
    }

    /** Newest first. */
    @Requires(Permission.READ_CONVERSATIONS)
    public Slice<DeadLetter> list(TenantId tenant, PageRequest page) {
        List<DeadLetter> rows = transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select r.*,
                               coalesce(nullif(r.text, ''), (select f.name from reply_file f
                                 where f.tenant_id = r.tenant_id and f.reply_id = r.id), '') as said,
                               coalesce(c.profile_name, c.user_key) as contact, h.name as channel_name,
                               (select string_agg(%s, E'\\n' order by i.seq) from inbox i
                                 where i.tenant_id = r.tenant_id and i.reply_id = r.id) as question
                          from reply r
                          join conversation v on v.tenant_id = r.tenant_id and v.id = r.conversation_id
                          join channel h on h.tenant_id = r.tenant_id and h.id = r.channel_id
                          join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
                         where r.tenant_id = :tenant and r.discarded_at is null
                           and (r.status = 'FAILED' or r.outcome = 'FALLBACK')
                           and (:after::uuid is null or r.id < :after::uuid)
                         order by r.id desc limit :limit
                        """.formatted(MessageRows.SAID))
                        .param("tenant", tenant.value())
                        .param("after", page.after())
                        .param("limit", page.limit() + 1)
                        .query(DeadLetterService::letter)
                        .list());
        return Slice.cut(rows, page.limit(), row -> row.reply().toString());
    }

    /** Sends again what was not delivered, or answers again what could not be answered; the same reply row either way. */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public DeadLetterOutcome retry(TenantId tenant, ReplyId reply, Actor actor) {
        return switch (kind(tenant, reply)) {
            case "SEND" -> sendAgain(tenant, reply, actor);
            case "TURN" -> answerAgain(tenant, reply, actor);
            default -> DeadLetterOutcome.UNKNOWN;
        };
    }

    private DeadLetterOutcome sendAgain(TenantId tenant, ReplyId reply, Actor actor) {
        boolean changed = transactions.call(tenant, () -> {
            int rows = jdbc.sql("""
                            update reply
                               set status = 'PENDING', attempts = 0, next_at = clock_timestamp(), provider_message_id = null,
                                   sent_at = null, failed_at = null, error_code = null, error_detail = null
                             where tenant_id = ? and id = ? and status = 'FAILED' and discarded_at is null
                            """).params(tenant.value(), reply.value()).update();
            return rows == 1 && recorded(tenant, reply, actor, "sent again");
        });
        sender.wake();
        return changed ? DeadLetterOutcome.DONE : DeadLetterOutcome.UNKNOWN;
    }

    private DeadLetterOutcome answerAgain(TenantId tenant, ReplyId reply, Actor actor) {
        if (!turn.answerAgain(tenant, reply)) {
            return DeadLetterOutcome.FAILED_AGAIN;
        }
        recorded(tenant, reply, actor, "answered again");
        sender.wake();
        return DeadLetterOutcome.DONE;
    }

    /** Puts a letter away; the conversation keeps it. */
    @Requires(Permission.ANSWER_CONVERSATIONS)
    public DeadLetterOutcome discard(TenantId tenant, ReplyId reply, Actor actor) {
        boolean changed = transactions.call(tenant, () -> {
            int rows = jdbc.sql("""
                            update reply set discarded_at = clock_timestamp()
                             where tenant_id = ? and id = ? and discarded_at is null
                               and (status = 'FAILED' or outcome = 'FALLBACK')
                            """).params(tenant.value(), reply.value()).update();
            return rows == 1 && recorded(tenant, reply, actor, "discarded");
        });
        return changed ? DeadLetterOutcome.DONE : DeadLetterOutcome.UNKNOWN;
    }

    private boolean recorded(TenantId tenant, ReplyId reply, Actor actor, String action) {
        audit.record(tenant, actor, action, "reply", reply.value(), null);
        return true;
    }

    private String kind(TenantId tenant, ReplyId reply) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("""
                        select case when status = 'FAILED' then 'SEND' when outcome = 'FALLBACK' then 'TURN' else 'NONE' end
                          from reply where tenant_id = ? and id = ? and discarded_at is null
                        """)
                        .params(tenant.value(), reply.value())
                        .query(String.class)
                        .optional()
                        .orElse("NONE"));
    }

    private static DeadLetter letter(ResultSet row, int number) throws SQLException {
        boolean send = row.getString("status").equals("FAILED");
        String question = row.getString("question");
        return new DeadLetter(
                new ReplyId(row.getObject("id", UUID.class)),
                send ? DeadLetter.Kind.SEND : DeadLetter.Kind.TURN,
                new ConversationId(row.getObject("conversation_id", UUID.class)),
                row.getString("contact"),
                row.getString("channel_name"),
                question == null ? "" : question,
                row.getString("said"),
                send ? row.getString("error_code") : "no-answer",
                send ? row.getString("error_detail") : "every attempt at an answer failed",
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
