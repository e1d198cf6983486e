package io.switchboard.answering;

import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Questions from outside a channel, which make up its sessions, and every question that the documents did not answer. */
@Repository
class AskedQuestions {

    private static final int REMEMBERED = 4;

    /** A session that was silent for so long starts anew. */
    private static final Duration SESSION_LIFETIME = Duration.ofHours(12);

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Clock clock;

    AskedQuestions(TenantTransactions transactions, JdbcClient jdbc, Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps a question and what came of it; the same work is kept once. Joins the caller's transaction. */
    void keep(TenantId tenant, Question question, @Nullable String session, Answer answer) {
        ChannelId channel = question.channel();
        transactions.run(
                tenant,
                () -> jdbc.sql("""
                                insert into asked_question
                                  (tenant_id, id, key, bot_id, channel_id, session, question, answer, outcome, asked_at)
                                values (:tenant, :id, :key, :bot, :channel, :session, :question, :answer, :outcome, :askedAt)
                                on conflict (tenant_id, key) do nothing
                                """)
                        .param("tenant", tenant.value())
                        .param("id", TimeOrderedUuid.next())
                        .param("key", question.key().value())
                        .param("bot", question.bot().id().value())
                        .param("channel", channel == null ? null : channel.value())
                        .param("session", session)
                        .param("question", question.text())
                        .param("answer", answer.text())
                        .param("outcome", answer.outcome().name())
                        .param("askedAt", clock.instant().atOffset(ZoneOffset.UTC))
                        .update());
    }

    /** What was said in a session lately, oldest first. */
    List<Utterance> history(TenantId tenant, BotId bot, String session) {
        record Exchange(String question, String answer) {}
        List<Exchange> exchanges = transactions.call(
                tenant,
                () -> jdbc.sql("""
                                select question, answer from asked_question
                                 where tenant_id = :tenant and bot_id = :bot and session = :session and asked_at > :since
                                 order by id desc limit :limit
                                """)
                        .param("tenant", tenant.value())
                        .param("bot", bot.value())
                        .param("session", session)
                        .param("since", clock.instant().minus(SESSION_LIFETIME).atOffset(ZoneOffset.UTC))
                        .param("limit", REMEMBERED)
                        .query(Exchange.class)
                        .list());
        List<Utterance> history = new ArrayList<>();
        for (Exchange exchange : exchanges.reversed()) {
            history.add(new Utterance(Speaker.CUSTOMER, exchange.question()));
            history.add(new Utterance(Speaker.BOT, exchange.answer()));
        }
        return history;
    }
}
