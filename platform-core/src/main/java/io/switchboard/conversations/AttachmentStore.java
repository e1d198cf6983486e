package io.switchboard.conversations;

import io.switchboard.answering.MediaReader.Sense;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where attachments are asked for, and what was heard or seen in them. */
@Component
class AttachmentStore {

    private static final String KEEP = """
            update inbox set %1$s = :words, %2$s = :now
             where tenant_id = :tenant and conversation_id = :conversation and seq = :seq
               and kind = 'MEDIA' and %1$s is null and revoked_at is null
               and exists (select 1 from conversation v
                            where v.tenant_id = :tenant and v.id = :conversation and v.token = :token)
            """;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    AttachmentStore(TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Where the customer is written to; empty if nobody knows the conversation any more. */
    Optional<String> replyAddress(Claim claim) {
        return transactions.call(
                claim.tenant(),
                () -> jdbc.sql("""
                        select c.reply_address from conversation v
                          join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
                         where v.tenant_id = ? and v.id = ?
                        """)
                        .params(claim.tenant().value(), claim.conversation().value())
                        .query(String.class)
                        .optional());
    }

    /** Gives a message its words, as long as the claim is the newest and the customer has not taken the message back. */
    void keep(Claim claim, long seq, Sense sense, String words) {
        String sql = switch (sense) {
            case HEARING -> KEEP.formatted("text", "transcribed_at");
            case SIGHT, READING -> KEEP.formatted("description", "described_at");
        };
        transactions.run(
                claim.tenant(),
                () -> jdbc.sql(sql)
                        .param("words", words)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("tenant", claim.tenant().value())
                        .param("conversation", claim.conversation().value())
                        .param("seq", seq)
                        .param("token", claim.token())
                        .update());
    }
}
