package io.switchboard.conversations;

import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.FilledTemplate;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a claimed reply says and writes what became of it, fenced by the claim's token. */
@Component
class ReplyStore {

    /** In place of a code: the request left and no answer came. */
    static final String UNCLEAR = "unclear";

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final StatusBook statuses;
    private final CustomerBook customers;
    private final ReplyFileStore files;
    private final JsonMapper json;
    private final Clock clock;

    ReplyStore(
            TenantTransactions transactions,
            JdbcClient jdbc,
            StatusBook statuses,
            CustomerBook customers,
            ReplyFileStore files,
            JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.statuses = statuses;
        this.customers = customers;
        this.files = files;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param to the address exactly as the customer's newest message carried it
     * @param markdown false for what a person wrote, which is sent as it is
     * @param lastError code of the attempt before
     * @param writtenAt when the reply was written, by our clock
     * @param quotes the last message that it answers, where the customer wrote more since
     * @param choices what the customer may answer without typing; may be empty
     * @param template what it is sent as; null for a text
     * @param hasFile whether a file goes with it
     */
    record Letter(
            ChannelId channel,
            ConversationId conversation,
            String to,
            String text,
            boolean markdown,
            @Nullable String lastError,
            Instant writtenAt,
            @Nullable String quotes,
            @Nullable Instant customerWroteAt,
            List<String> choices,
            @Nullable FilledTemplate template,
            boolean hasFile) {}

    Letter read(SendClaim claim) {
        return transactions.call(
                claim.tenant(),
                () -> jdbc.sql("""
                        select r.channel_id, r.conversation_id, c.reply_address, r.text, r.author is null as markdown, r.error_code,
                               r.created_at, r.template::text as template, r.choices::text as choices,
                               v.customer_wrote_at,
                               exists (select 1 from reply_file f where f.tenant_id = r.tenant_id and f.reply_id = r.id) as has_file,
                               case when v.last_seq > r.last_seq and r.author is null then
                                 (select i.provider_message_id from inbox i
                                   where i.tenant_id = r.tenant_id and i.conversation_id = r.conversation_id
                                     and i.seq between r.first_seq and r.last_seq and i.kind in ('TEXT', 'CHOICE', 'MEDIA', 'LOCATION', 'CONTACT')
                                     and i.revoked_at is null
                                   order by i.seq desc limit 1) end as quotes
                          from reply r
                          join conversation v on v.tenant_id = r.tenant_id and v.id = r.conversation_id
                          join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
                         where r.tenant_id = ? and r.id = ?
                        """)
                        .params(claim.tenant().value(), claim.reply().value())
                        .query((row, number) -> new Letter(
                                new ChannelId(row.getObject("channel_id", UUID.class)),
                                new ConversationId(row.getObject("conversation_id", UUID.class)),
                                row.getString("reply_address"),
                                row.getString("text"),
                                row.getBoolean("markdown"),
                                row.getString("error_code"),
                                row.getObject("created_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getString("quotes"),
                                instant(row.getObject("customer_wrote_at", OffsetDateTime.class)),
                                StoredChoices.read(json, row),
                                template(row.getString("template")),
                                row.getBoolean("has_file")))
                        .single());
    }

    /** Written before the reply leaves: whether the customer sees numbers before the choices, and may answer with one. */
    void showing(SendClaim claim, boolean numbered) {
        transactions.run(
                claim.tenant(),
                () -> jdbc.sql("""
                        update reply set choices_numbered = :numbered
                         where tenant_id = :tenant and id = :id and token = :token and status = 'SENDING'
                        """)
                        .param("numbered", numbered)
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.reply().value())
                        .param("token", claim.token())
                        .update());
    }

    /** What goes with a letter that has a file. */
    AttachedFile file(SendClaim claim) {
        return transactions
                .call(claim.tenant(), () -> files.find(claim.tenant(), claim.reply()))
                .orElseThrow(() -> new IllegalStateException("reply " + claim.reply() + " has lost its file"));
    }

    private @Nullable FilledTemplate template(@Nullable String stored) {
        return stored == null ? null : json.readValue(stored, FilledTemplate.class);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** The provider takes nothing until the customer writes again: the attempt does not count, and that message lets it go on. */
    void hold(SendClaim claim) {
        transactions.run(
                claim.tenant(),
                () -> jdbc.sql("""
                        update reply
                           set status = 'HELD', attempts = attempts - 1, lease_until = null, next_at = null, slot_at = null,
                               sending_at = null, error_code = 'window-closed',
                               error_detail = 'the time in which the provider lets us write is over; waits until the customer writes again'
                         where tenant_id = :tenant and id = :id and token = :token and status = 'SENDING'
                        """)
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.reply().value())
                        .param("token", claim.token())
                        .update());
    }

    /**
     * The provider took it; statuses that came before we knew its id are applied now. That is a fact, so it also counts for a send that was
     * given up as unclear meanwhile, and saves its repetition.
     *
     * @return true if another reply of the conversation waited for this one
     */
    boolean sent(SendClaim claim, ChannelId channel, SendResult.Accepted accepted) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        return transactions.call(claim.tenant(), () -> {
            Optional<Aftermath> aftermath = jdbc.sql("""
                            update reply r
                               set provider_message_id = coalesce(provider_message_id, :message), sent_at = coalesce(sent_at, :now),
                                   status = case when status in ('SENDING', 'UNKNOWN') then 'SENT' else status end,
                                   next_at = case when status in ('SENDING', 'UNKNOWN') then null else next_at end,
                                   lease_until = null
                             where tenant_id = :tenant and id = :id and (token = :token or status = 'UNKNOWN')
                            returning exists (select 1 from reply next
                                               where next.tenant_id = r.tenant_id and next.conversation_id = r.conversation_id
                                                 and next.last_seq > r.last_seq and next.status = 'PENDING') as more,
                                      exists (select 1 from parked_status p
                                               where p.tenant_id = r.tenant_id and p.channel_id = :channel
                                                 and p.provider_message_id = :message) as parked
                            """)
                    .param("message", accepted.providerMessageId())
                    .param("now", now)
                    .param("tenant", claim.tenant().value())
                    .param("id", claim.reply().value())
                    .param("token", claim.token())
                    .param("channel", channel.value())
                    .query((row, number) -> new Aftermath(row.getBoolean("more"), row.getBoolean("parked")))
                    .optional();
            customers.learn(claim.tenant(), channel, claim.reply().value(), accepted.aliases());
            if (aftermath.map(Aftermath::parked).orElse(true)) {
                statuses.applyParked(claim.tenant(), channel, accepted.providerMessageId());
            }
            return aftermath.map(Aftermath::more).orElse(true);
        });
    }

    /**
     * @param more whether another reply of the conversation waits
     * @param parked whether a status of the message came before its id
     */
    private record Aftermath(boolean more, boolean parked) {}

    /** The first of these ids that no reply has yet. */
    Optional<String> firstUnknown(SendClaim claim, ChannelId channel, List<String> providerMessageIds) {
        return transactions.call(
                claim.tenant(),
                () -> providerMessageIds.stream()
                        .filter(id -> jdbc.sql("""
                                        select count(*) from reply
                                         where tenant_id = ? and channel_id = ? and provider_message_id = ?
                                        """)
                                        .params(claim.tenant().value(), channel.value(), id)
                                        .query(Long.class)
                                        .single()
                                == 0)
                        .findFirst());
    }

    /** Surely not sent; to be tried again. */
    void later(SendClaim claim, String code, String reason, Duration delay) {
        schedule(claim, ReplyStatus.PENDING, code, reason, delay);
    }

    /** Perhaps sent; waits for a status. */
    void unclear(SendClaim claim, String reason, Duration grace) {
        schedule(claim, ReplyStatus.UNKNOWN, UNCLEAR, reason, grace);
    }

    /** Not this attempt's fault (a stopped channel): the attempt does not count. */
    void park(SendClaim claim, Duration delay) {
        transactions.run(
                claim.tenant(),
                () -> jdbc.sql("""
                        update reply
                           set status = 'PENDING', attempts = attempts - 1, lease_until = null,
                               next_at = clock_timestamp() + :delay * interval '1 millisecond'
                         where tenant_id = :tenant and id = :id and token = :token and status = 'SENDING'
                        """)
                        .param("delay", delay.toMillis())
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.reply().value())
                        .param("token", claim.token())
                        .update());
    }

    /** Lets replies that wait because their channel had stopped leave at once; what the pace or a retry holds back stays. */
    void unpark(TenantId tenant, ChannelId channel) {
        transactions.run(
                tenant,
                () -> jdbc.sql("""
                        update reply set next_at = clock_timestamp()
                         where tenant_id = ? and channel_id = ? and status = 'PENDING' and next_at > clock_timestamp()
                           and slot_at is null and error_code is null
                        """).params(tenant.value(), channel.value()).update());
    }

    private void schedule(SendClaim claim, ReplyStatus status, String code, String reason, Duration delay) {
        transactions.run(
                claim.tenant(),
                () -> jdbc.sql("""
                        update reply
                           set status = :status, error_code = :code, error_detail = :reason, lease_until = null,
                               next_at = clock_timestamp() + :delay * interval '1 millisecond'
                         where tenant_id = :tenant and id = :id and token = :token and status = 'SENDING'
                        """)
                        .param("status", status.name())
                        .param("code", code)
                        .param("reason", reason)
                        .param("delay", delay.toMillis())
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.reply().value())
                        .param("token", claim.token())
                        .update());
    }

    /** Will never be sent. */
    void failed(SendClaim claim, String code, String reason) {
        transactions.run(
                claim.tenant(),
                () -> jdbc.sql("""
                        update reply
                           set status = 'FAILED', failed_at = :now, error_code = :code, error_detail = :reason,
                               lease_until = null, next_at = null
                         where tenant_id = :tenant and id = :id and token = :token and status = 'SENDING'
                        """)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("code", code)
                        .param("reason", reason)
                        .param("tenant", claim.tenant().value())
                        .param("id", claim.reply().value())
                        .param("token", claim.token())
                        .update());
    }
}
