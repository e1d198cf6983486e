package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Applies what customers change afterwards to the messages that they speak of, within the same conversation only. The newest edit counts,
 * in whatever order they come; what is taken back is gone, its edits too. Every call inside a transaction of the tenant that holds the
 * conversation's lock.
 */
@Component
class CustomersChanges {

    private final JdbcClient jdbc;

    CustomersChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void apply(TenantId tenant, ChannelId channel, ConversationId conversation, InboundMessage change) {
        if (change.content().refersTo() == null) {
            return;
        }
        if (change.kind() == MessageKind.EDIT) {
            update("""
                            update inbox set text = :text, edited_at = :at
                             where tenant_id = :tenant and channel_id = :channel and conversation_id = :conversation
                               and provider_message_id = :message and kind in ('TEXT', 'MEDIA')
                               and revoked_at is null and (edited_at is null or edited_at <= :at)
                            """, tenant, channel, conversation, change);
        }
        if (change.kind() == MessageKind.REVOKE) {
            update("""
                            update inbox set text = null, description = null, raw = '{}', media = null, revoked_at = coalesce(revoked_at, :at)
                             where tenant_id = :tenant and channel_id = :channel and conversation_id = :conversation
                               and (provider_message_id = :message or refers_to = :message and kind = 'EDIT')
                            """, tenant, channel, conversation, change);
        }
    }

    private void update(
            String sql, TenantId tenant, ChannelId channel, ConversationId conversation, InboundMessage change) {
        jdbc.sql(sql)
                .param("text", change.content().text())
                .param("at", change.sentAt().atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("channel", channel.value())
                .param("conversation", conversation.value())
                .param("message", change.content().refersTo())
                .update();
    }
}
