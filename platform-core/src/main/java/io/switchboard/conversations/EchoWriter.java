package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes down what a person of the organisation wrote in the provider's own app, as a reply that is sent already. It answers everything
 * unanswered, and the conversation is the person's from then on, as if taken over here. Every call inside a transaction of the tenant that
 * holds the conversation's lock.
 */
@Component
class EchoWriter {

    /** Who answers, as far as we know. */
    static final String AUTHOR = "WhatsApp app";

    private final JdbcClient jdbc;
    private final ReplyWriter replies;

    EchoWriter(JdbcClient jdbc, ReplyWriter replies) {
        this.jdbc = jdbc;
        this.replies = replies;
    }

    /** False if it is a message of ours, or is written down already. */
    boolean write(TenantId tenant, ChannelId channel, CustomerBook.Place place, InboundMessage echo) {
        if (isKnown(tenant, channel, echo)) {
            return false;
        }
        jdbc.sql("""
                        update conversation
                           set taken_at = coalesce(taken_at, clock_timestamp()), taken_by = coalesce(taken_by, :author),
                               run_at = null, lease_until = null, head_attempts = 0, token = token + 1
                         where tenant_id = :tenant and id = :id
                        """)
                .param("author", AUTHOR)
                .param("tenant", tenant.value())
                .param("id", place.conversation().value())
                .update();
        ReplyId reply = replies.writeForPerson(
                new ReplyWriter.Place(tenant, place.conversation(), channel, place.doneSeq() + 1, place.lastSeq() + 1),
                ReplyDraft.byPerson(text(echo.content()), AUTHOR));
        jdbc.sql("""
                        update reply set status = 'SENT', next_at = null, provider_message_id = :message, sent_at = :sent
                         where tenant_id = :tenant and id = :id
                        """)
                .param("message", echo.providerMessageId())
                .param("sent", echo.sentAt().atOffset(ZoneOffset.UTC))
                .param("tenant", tenant.value())
                .param("id", reply.value())
                .update();
        return true;
    }

    private boolean isKnown(TenantId tenant, ChannelId channel, InboundMessage echo) {
        return jdbc.sql("""
                        select exists (select 1 from reply
                                        where tenant_id = ? and channel_id = ? and provider_message_id = ?)
                        """)
                .params(tenant.value(), channel.value(), echo.providerMessageId())
                .query(Boolean.class)
                .single();
    }

    /** Words, or in their place what was sent. */
    private static String text(MessageContent content) {
        String text = content.text();
        if (text != null && !text.isBlank()) {
            return text;
        }
        return content.media().isEmpty()
                ? "…"
                : content.media().stream()
                        .map(media -> "[" + media.type().name().toLowerCase(Locale.ROOT) + "]")
                        .collect(Collectors.joining(" "));
    }
}
