package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.tenancy.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What providers say of our messages. States only move forward: sent, delivered, read; a failure counts unless the customer has the
 * message. A status that comes before we know the message's id is parked until we do.
 */
@Component
class StatusBook {

    private static final Pattern CALLBACK = Pattern.compile("([0-9a-f-]{36}):\\d{1,9}");
    private static final Duration PARKED_LIFETIME = Duration.ofDays(1);

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    StatusBook(TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Applies statuses of one delivery; returns the conversations whose replies moved. */
    Set<ConversationId> record(TenantId tenant, ChannelId channel, List<DeliveryStatus> statuses) {
        return transactions.call(tenant, () -> {
            Set<ConversationId> changed = new HashSet<>();
            for (DeliveryStatus status : statuses) {
                Optional<UUID> reply = find(tenant, channel, status);
                if (reply.isEmpty()) {
                    park(tenant, channel, status);
                    continue;
                }
                apply(tenant, channel, reply.get(), status).ifPresent(changed::add);
            }
            return changed;
        });
    }

    /** Joins what was parked for a message whose id we have just learnt. */
    void applyParked(TenantId tenant, ChannelId channel, String providerMessageId) {
        transactions.run(tenant, () -> {
            List<DeliveryStatus> parked = jdbc.sql("""
                            delete from parked_status
                             where tenant_id = ? and ((channel_id = ? and provider_message_id = ?) or at < ?)
                            returning channel_id, provider_message_id, state, at, error_code, error_detail
                            """)
                    .params(
                            tenant.value(),
                            channel.value(),
                            providerMessageId,
                            clock.instant().minus(PARKED_LIFETIME).atOffset(ZoneOffset.UTC))
                    .query(StatusBook::parked)
                    .list();
            for (DeliveryStatus status : parked) {
                find(tenant, channel, status).ifPresent(reply -> apply(tenant, channel, reply, status));
            }
        });
    }

    private Optional<UUID> find(TenantId tenant, ChannelId channel, DeliveryStatus status) {
        Optional<UUID> byCallback = replyNamed(status.callbackData());
        return jdbc.sql("""
                        select id from reply
                         where tenant_id = :tenant and channel_id = :channel
                           and (provider_message_id = :message or id = :reply)
                         limit 1
                        """)
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("message", status.providerMessageId())
                .param("reply", byCallback.orElse(null))
                .query(UUID.class)
                .optional();
    }

    private static Optional<UUID> replyNamed(@Nullable String callbackData) {
        if (callbackData == null) {
            return Optional.empty();
        }
        Matcher matcher = CALLBACK.matcher(callbackData);
        return matcher.matches() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }

    private Optional<ConversationId> apply(TenantId tenant, ChannelId channel, UUID reply, DeliveryStatus status) {
        return jdbc.sql("""
                        update reply
                           set status = :state,
                               provider_message_id = coalesce(provider_message_id, :message),
                               sent_at = case when :state = 'FAILED' then sent_at else coalesce(sent_at, :at) end,
                               delivered_at = case when :state in ('DELIVERED', 'READ') then coalesce(delivered_at, :at)
                                                   else delivered_at end,
                               read_at = case when :state = 'READ' then coalesce(read_at, :at) else read_at end,
                               failed_at = case when :state = 'FAILED' then :at else failed_at end,
                               error_code = case when :state = 'FAILED' then :code end,
                               error_detail = case when :state = 'FAILED' then :detail end,
                               next_at = null, lease_until = null
                         where tenant_id = :tenant and channel_id = :channel and id = :reply
                           and case status when 'READ' then 3 when 'DELIVERED' then 2 when 'SENT' then 1 when 'FAILED' then 2 else 0 end
                             < case :state when 'READ' then 3 when 'DELIVERED' then 2 when 'FAILED' then 2 else 1 end
                        returning conversation_id
                        """)
                .param("state", status.state().name())
                .param("message", status.providerMessageId())
                .param("at", status.at().atOffset(ZoneOffset.UTC))
                .param("code", status.errorCode())
                .param("detail", status.errorDetail())
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("reply", reply)
                .query(UUID.class)
                .optional()
                .map(ConversationId::new);
    }

    private void park(TenantId tenant, ChannelId channel, DeliveryStatus status) {
        jdbc.sql("""
                        insert into parked_status (tenant_id, id, channel_id, provider_message_id, state, at, error_code, error_detail)
                        values (:tenant, :id, :channel, :message, :state, :at, :code, :detail)
                        """)
                .param("tenant", tenant.value())
                .param("id", TimeOrderedUuid.next())
                .param("channel", channel.value())
                .param("message", status.providerMessageId())
                .param("state", status.state().name())
                .param("at", status.at().atOffset(ZoneOffset.UTC))
                .param("code", status.errorCode())
                .param("detail", status.errorDetail())
                .update();
    }

    private static DeliveryStatus parked(ResultSet row, int number) throws SQLException {
        return new DeliveryStatus(
                row.getString("provider_message_id"),
                null,
                DeliveryStatus.State.valueOf(row.getString("state")),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("error_code"),
                row.getString("error_detail"));
    }
}
