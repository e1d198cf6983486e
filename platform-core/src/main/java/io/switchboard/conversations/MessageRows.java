package io.switchboard.conversations;

import io.switchboard.conversations.ThreadMessage.Direction;
import io.switchboard.conversations.ThreadMessage.Step;
import io.switchboard.kernel.ReplyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the inbox and of replies in one form, and the messages made of them. */
@Component
class MessageRows {

    /** As {@link MessageKind#answerable} and {@link MessageKind#unreadable} have it. */
    private static final String IN_STATUS = """
            case when i.revoked_at is not null then 'REVOKED'
                 when i.reply_id is not null then 'ANSWERED'
                 when i.skipped is not null then i.skipped
                 when i.kind in ('TEXT', 'CHOICE', 'MEDIA') and i.text ~ '[^[:space:]]' then 'RECEIVED'
                 when i.kind in ('MEDIA', 'LOCATION', 'CONTACT') then 'RECEIVED'
                 else 'STORED' end
            """;

    /** What a customer wrote and showed in the row {@code i}, as a turn is told of it; null if nothing. */
    static final String SAID = "nullif(concat_ws(E'\\n', i.text, '[' || i.description || ']'), '')";

    /** What customers wrote; to be continued with a condition on {@code i}. */
    static final String IN = """
            select i.seq, 0 as turn, i.id, i.conversation_id, i.channel_id, 'IN' as direction, i.text, i.received_at as at, i.reply_id,
                   r.outcome, r.citations::text as citations, r.model, r.retrieval_millis, r.generation_millis,
            """ + IN_STATUS + """
                   as status, r.created_at, r.first_seq, r.last_seq, null::timestamptz as sending_at, null::timestamptz as sent_at,
                   null::timestamptz as delivered_at, null::timestamptz as read_at, null::timestamptz as failed_at,
                   null as error_code, null as error_detail, r.author, r.template ->> 'name' as template, null as choices,
                   i.edited_at, i.revoked_at, i.transcribed_at, i.description, i.described_at,
                   null as file_name, null as file_type, null::int as file_size
              from inbox i left join reply r on r.tenant_id = i.tenant_id and r.id = i.reply_id
            """;

    /** What they were answered; to be continued with a condition on {@code r}. */
    static final String OUT = """
            select r.last_seq as seq, 1 as turn, r.id, r.conversation_id, r.channel_id, 'OUT' as direction, r.text, r.created_at as at,
                   null::uuid as reply_id, r.outcome, r.citations::text as citations, r.model, r.retrieval_millis, r.generation_millis,
                   r.status, r.created_at, r.first_seq, r.last_seq, r.sending_at, r.sent_at, r.delivered_at, r.read_at, r.failed_at,
                   r.error_code, r.error_detail, r.author, r.template ->> 'name' as template, r.choices::text as choices,
                   null::timestamptz as edited_at, null::timestamptz as revoked_at, null::timestamptz as transcribed_at,
                   null as description, null::timestamptz as described_at,
                   f.name as file_name, f.media_type as file_type, f.size as file_size
              from reply r left join reply_file f on f.tenant_id = r.tenant_id and f.reply_id = r.id
            """;

    private final JsonMapper json;

    MessageRows(JsonMapper json) {
        this.json = json;
    }

    ThreadMessage message(ResultSet row) throws SQLException {
        boolean inbound = row.getString("direction").equals("IN");
        UUID reply = row.getObject("reply_id", UUID.class);
        List<StoredCitation> citations = inbound ? List.of() : citations(row.getString("citations"));
        return new ThreadMessage(
                row.getObject("id", UUID.class),
                inbound ? Direction.IN : Direction.OUT,
                row.getString("text"),
                row.getString("description"),
                row.getString("status"),
                time(row, "at"),
                reply == null ? null : new ReplyId(reply),
                citations.stream().map(StoredCitation::name).distinct().toList(),
                StoredChoices.read(json, row),
                file(row),
                inbound ? inboundTimeline(row, reply) : outboundTimeline(row, citations));
    }

    private static @Nullable SentFile file(ResultSet row) throws SQLException {
        String name = row.getString("file_name");
        return name == null ? null : new SentFile(name, row.getString("file_type"), row.getInt("file_size"));
    }

    private List<StoredCitation> citations(String stored) {
        return List.of(json.readValue(stored, StoredCitation[].class));
    }

    private static List<Step> inboundTimeline(ResultSet row, @Nullable UUID reply) throws SQLException {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("received", time(row, "at"), null));
        add(steps, row, "transcribed_at", "transcribed", null);
        add(steps, row, "described_at", "described", null);
        if (reply != null) {
            long covered = row.getLong("last_seq") - row.getLong("first_seq") + 1;
            if (covered > 1 && row.getString("author") == null) {
                steps.add(new Step("merged", time(row, "created_at"), covered + " messages in one reply"));
            }
            steps.add(new Step("answered", time(row, "created_at"), answeredHow(row)));
        }
        add(steps, row, "edited_at", "edited", null);
        add(steps, row, "revoked_at", "revoked", null);
        return steps;
    }

    private static List<Step> outboundTimeline(ResultSet row, List<StoredCitation> citations) throws SQLException {
        List<Step> steps = new ArrayList<>();
        String passages = citations.isEmpty() ? "" : ", " + citations.size() + " passages";
        steps.add(new Step("answered", time(row, "at"), answeredHow(row) + passages));
        add(steps, row, "sending_at", "sending", null);
        add(steps, row, "sent_at", "sent", null);
        add(steps, row, "delivered_at", "delivered", null);
        add(steps, row, "read_at", "read", null);
        String error = row.getString("error_code");
        add(steps, row, "failed_at", "failed", error == null ? null : error + ": " + row.getString("error_detail"));
        return steps;
    }

    private static String answeredHow(ResultSet row) throws SQLException {
        String author = row.getString("author");
        if (author != null) {
            String template = row.getString("template");
            return "by " + author + (template == null ? "" : " with the template " + template);
        }
        return row.getString("outcome") + " by " + row.getString("model") + " in "
                + (row.getLong("retrieval_millis") + row.getLong("generation_millis")) + " ms";
    }

    private static void add(List<Step> steps, ResultSet row, String column, String name, @Nullable String detail)
            throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        if (at != null) {
            steps.add(new Step(name, at.toInstant(), detail));
        }
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
