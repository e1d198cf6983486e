package io.switchboard.conversations;

import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.FileType;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.Sha256;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Files beside replies; every call inside a transaction of the tenant. */
@Component
class ReplyFileStore {

    private final JdbcClient jdbc;

    ReplyFileStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whether a file may come to those that are there; no other comes until the transaction ends.
     *
     * @param most bytes of all files of the tenant
     */
    boolean hasRoom(TenantId tenant, AttachedFile file, long most) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('reply files ' || :tenant, 0))")
                .param("tenant", tenant.toString())
                .query((row, number) -> true)
                .single();
        long taken = jdbc.sql("select coalesce(sum(size), 0) from reply_file where tenant_id = ?")
                .param(tenant.value())
                .query(Long.class)
                .single();
        return taken + file.content().length <= most;
    }

    void add(TenantId tenant, ReplyId reply, AttachedFile file) {
        jdbc.sql("""
                        insert into reply_file (tenant_id, reply_id, name, media_type, size, sha256, content)
                        values (:tenant, :reply, :name, :type, :size, :sha256, :content)
                        """)
                .param("tenant", tenant.value())
                .param("reply", reply.value())
                .param("name", file.name())
                .param("type", file.type().mediaType())
                .param("size", file.content().length)
                .param("sha256", Sha256.hex(file.content()))
                .param("content", file.content())
                .update();
    }

    Optional<AttachedFile> find(TenantId tenant, ReplyId reply) {
        return jdbc.sql("select name, media_type, content from reply_file where tenant_id = ? and reply_id = ?")
                .params(tenant.value(), reply.value())
                .query(ReplyFileStore::file)
                .optional();
    }

    /** The file beside a reply of that conversation. */
    Optional<AttachedFile> find(TenantId tenant, ConversationId conversation, ReplyId reply) {
        return jdbc.sql("""
                        select f.name, f.media_type, f.content
                          from reply_file f join reply r on r.tenant_id = f.tenant_id and r.id = f.reply_id
                         where f.tenant_id = ? and f.reply_id = ? and r.conversation_id = ?
                        """)
                .params(tenant.value(), reply.value(), conversation.value())
                .query(ReplyFileStore::file)
                .optional();
    }

    private static AttachedFile file(ResultSet row, int number) throws SQLException {
        return new AttachedFile(
                row.getString("name"),
                FileType.ofMediaType(row.getString("media_type")).orElseThrow(),
                row.getBytes("content"));
    }
}
