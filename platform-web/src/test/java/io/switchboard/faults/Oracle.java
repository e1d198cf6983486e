package io.switchboard.faults;

import io.switchboard.world.FakeMeta.Send;
import io.switchboard.world.WebhookSender;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Joins four lists after a run: what customers' messages got a 200, the inbox, the replies with the messages they cover, and what the
 * provider took.
 */
final class Oracle {

    /** A send's answer takes 10 s at most, and storing its outcome waits 10 s at most for a connection. */
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final List<InboxRow> inbox;
    private final Map<String, ReplyRow> replies;
    private final Collection<Postman.Letter> accepted;
    private final Collection<Send> taken;
    private final List<Incident> incidents;
    private final Duration answerTime;

    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> disorder = new ArrayList<>();
    private final List<String> marked = new ArrayList<>();

    private Oracle(
            List<InboxRow> inbox,
            Map<String, ReplyRow> replies,
            Collection<Postman.Letter> accepted,
            Collection<Send> taken,
            List<Incident> incidents,
            Duration answerTime) {
        this.inbox = inbox;
        this.replies = replies;
        this.accepted = accepted;
        this.taken = taken;
        this.incidents = incidents;
        this.answerTime = answerTime;
    }

    private record InboxRow(
            String line, String messageId, String conversation, long seq, String reply, String skipped) {}

    private record ReplyRow(
            String id,
            String conversation,
            String customer,
            long first,
            long last,
            String status,
            String outcome,
            String error) {

        boolean covers(InboxRow row) {
            return conversation.equals(row.conversation()) && first <= row.seq() && row.seq() <= last;
        }
    }

    /**
     * @param accepted by the program with 200
     * @param taken by the provider, repeats included
     * @param incidents all that was done to the program
     * @param answerTime how long the provider took to answer a send
     */
    static Verdict examine(
            Connection database,
            Collection<Postman.Letter> accepted,
            Collection<Send> taken,
            List<Incident> incidents,
            Duration answerTime)
            throws SQLException {
        Oracle oracle = new Oracle(inbox(database), replies(database), accepted, taken, incidents, answerTime);
        oracle.compareSenderWithInbox();
        oracle.compareInboxWithReplies();
        oracle.compareRepliesWithProvider();
        List<Duplicate> duplicates = oracle.duplicates();
        long fallbacks = oracle.replies.values().stream()
                .filter(reply -> reply.outcome().equals("FALLBACK"))
                .count();
        return new Verdict(
                accepted.size(),
                oracle.inbox.size(),
                oracle.replies.size(),
                taken.size(),
                oracle.lost,
                oracle.doubled,
                oracle.disorder,
                duplicates,
                oracle.marked,
                fallbacks);
    }

    private static List<InboxRow> inbox(Connection database) throws SQLException {
        List<InboxRow> rows = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("""
                        select c.settings ->> 'phoneNumberId' as line, i.provider_message_id, i.conversation_id, i.seq, i.reply_id,
                               to_jsonb(i) ->> 'skipped' as skipped
                          from inbox i join channel c on c.tenant_id = i.tenant_id and c.id = i.channel_id
                         order by i.conversation_id, i.seq
                        """)) {
            while (row.next()) {
                rows.add(new InboxRow(
                        row.getString("line"),
                        row.getString("provider_message_id"),
                        row.getString("conversation_id"),
                        row.getLong("seq"),
                        row.getString("reply_id"),
                        row.getString("skipped")));
            }
        }
        return rows;
    }

    private static Map<String, ReplyRow> replies(Connection database) throws SQLException {
        Map<String, ReplyRow> rows = new HashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("""
                        select r.id, r.conversation_id, t.reply_address, r.first_seq, r.last_seq, r.status, r.outcome,
                               concat_ws(': ', r.error_code, r.error_detail) as error
                          from reply r
                          join conversation v on v.tenant_id = r.tenant_id and v.id = r.conversation_id
                          join contact t on t.tenant_id = v.tenant_id and t.id = v.contact_id
                        """)) {
            while (row.next()) {
                rows.put(
                        row.getString("id"),
                        new ReplyRow(
                                row.getString("id"),
                                row.getString("conversation_id"),
                                row.getString("reply_address"),
                                row.getLong("first_seq"),
                                row.getLong("last_seq"),
                                row.getString("status"),
                                row.getString("outcome"),
                                row.getString("error")));
            }
        }
        return rows;
    }

    private void compareSenderWithInbox() {
        Map<String, List<InboxRow>> stored = new HashMap<>();
        for (InboxRow row : inbox) {
            stored.computeIfAbsent(row.line() + " " + row.messageId(), _ -> new ArrayList<>())
                    .add(row);
        }
        Map<String, List<Sighting>> byCustomer = new HashMap<>();
        for (Postman.Letter letter : accepted) {
            List<InboxRow> rows = stored.getOrDefault(letter.line() + " " + letter.messageId(), List.of());
            if (rows.isEmpty()) {
                lost.add(letter.messageId() + " was accepted and is not stored");
                continue;
            }
            byCustomer
                    .computeIfAbsent(letter.line() + " " + letter.customer(), _ -> new ArrayList<>())
                    .add(new Sighting(letter, rows.getFirst().seq()));
        }
        stored.forEach((message, rows) -> {
            if (rows.size() > 1) {
                doubled.add(message + " is stored " + rows.size() + " times");
            }
        });
        byCustomer.values().forEach(this::compareOrder);
    }

    private record Sighting(Postman.Letter letter, long seq) {}

    /** Whatever was accepted before another was sent at all must stand before it. */
    private void compareOrder(List<Sighting> sightings) {
        for (Sighting one : sightings) {
            for (Sighting other : sightings) {
                if (one.letter().acceptedNanos() < other.letter().dueNanos() && one.seq() > other.seq()) {
                    disorder.add(other.letter().messageId() + " is stored before the earlier "
                            + one.letter().messageId());
                }
            }
        }
    }

    private void compareInboxWithReplies() {
        Map<String, List<ReplyRow>> ofConversation = new HashMap<>();
        for (ReplyRow reply : replies.values()) {
            ofConversation
                    .computeIfAbsent(reply.conversation(), _ -> new ArrayList<>())
                    .add(reply);
        }
        for (InboxRow row : inbox) {
            List<ReplyRow> covering = ofConversation.getOrDefault(row.conversation(), List.of()).stream()
                    .filter(reply -> reply.covers(row))
                    .toList();
            if (covering.isEmpty() && row.skipped() != null) {
                marked.add(row.messageId() + " got no reply: " + row.skipped());
            } else if (covering.isEmpty()) {
                lost.add(row.messageId() + " is stored and not answered");
            } else if (covering.size() > 1) {
                doubled.add(row.messageId() + " is covered by " + covering.size() + " replies");
            } else if (!covering.getFirst().id().equals(row.reply())) {
                doubled.add(row.messageId() + " names another reply than the one that covers it");
            }
        }
    }

    private void compareRepliesWithProvider() {
        Map<String, List<Send>> ofReply = takenByReply();
        for (ReplyRow reply : replies.values()) {
            List<Send> sends = ofReply.getOrDefault(reply.id(), List.of());
            if (sends.isEmpty() && reply.status().equals("FAILED")) {
                marked.add("reply " + reply.id() + " failed for good: " + reply.error());
            } else if (sends.isEmpty()) {
                lost.add("reply " + reply.id() + " is " + reply.status() + " and did not reach the provider");
            }
        }
        Map<String, Long> numbers = new HashMap<>();
        for (InboxRow row : inbox) {
            if (row.reply() != null) {
                numbers.merge(row.reply(), WebhookSender.numberIn("No. " + number(row.messageId())), Math::max);
            }
        }
        Map<String, Long> reached = new HashMap<>();
        for (Send send :
                taken.stream().sorted(Comparator.comparingLong(Send::nanos)).toList()) {
            ReplyRow reply = replies.get(replyOf(send));
            if (reply == null) {
                doubled.add("the provider got " + send.callbackData() + ", which is no reply of ours");
                continue;
            }
            if (!reply.customer().equals(send.to())) {
                disorder.add("reply " + reply.id() + " for " + reply.customer() + " went to " + send.to());
            }
            long answers = WebhookSender.numberIn(send.text());
            if (answers >= 0 && answers != numbers.getOrDefault(reply.id(), -1L)) {
                disorder.add("reply " + reply.id() + " answers No. " + answers + ", not its own message");
            }
            // Its order is that of its first copy; another one is listed as a duplicate.
            long before = reached.merge(reply.conversation(), reply.first(), Math::max);
            if (before > reply.first() && ofReply.get(reply.id()).getFirst().equals(send)) {
                disorder.add("reply " + reply.id() + " was received after a later one");
            }
        }
    }

    private static String number(String messageId) {
        return messageId.substring(messageId.lastIndexOf('.') + 1);
    }

    private static String replyOf(Send send) {
        String callback = send.callbackData();
        int colon = callback.indexOf(':');
        return colon < 0 ? callback : callback.substring(0, colon);
    }

    private Map<String, List<Send>> takenByReply() {
        Map<String, List<Send>> byReply = new TreeMap<>();
        taken.stream()
                .sorted(Comparator.comparingLong(Send::nanos))
                .forEach(send -> byReply.computeIfAbsent(replyOf(send), _ -> new ArrayList<>())
                        .add(send));
        return byReply;
    }

    private List<Duplicate> duplicates() {
        List<Duplicate> found = new ArrayList<>();
        takenByReply().forEach((reply, sends) -> {
            for (int i = 1; i < sends.size(); i++) {
                found.add(explain(reply, sends.get(i - 1), sends.get(i), sends.size()));
            }
        });
        return found;
    }

    private Duplicate explain(String reply, Send before, Send again, int times) {
        long gap = (again.nanos() - before.nanos()) / 1_000_000;
        Incident cause = incidents.stream()
                .filter(incident -> incident.hits(before.nanos(), SETTLING) && incident.fromNanos() < again.nanos())
                .min(Comparator.comparingLong(incident -> Math.abs(incident.fromNanos() - before.nanos())))
                .orElse(null);
        if (cause == null) {
            return new Duplicate(reply, before.to(), times, gap, "", "nothing was done at that time");
        }
        long after = (cause.fromNanos() - before.nanos()) / 1_000_000;
        boolean answered = cause.kind().afterTheAnswer() || after > answerTime.toMillis();
        String window = cause.kind().beforeTheAnswer() || !answered ? "W5" : "W6";
        return new Duplicate(
                reply, before.to(), times, gap, window, cause.kind() + ", " + after + " ms after the first was taken");
    }
}
