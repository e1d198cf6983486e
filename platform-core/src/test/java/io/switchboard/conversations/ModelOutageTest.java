package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.switchboard.bots.BotSentences;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.models.FakeProvider;
import io.switchboard.retrieval.Library;
import io.switchboardtest.TestChannels;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * What customers get while the model is away, for a question that cannot be answered by quoting.
 *
 * <p>Checklist: ASVS 16.5.1 to 16.5.3, where the model fails.
 */
@EngineTest
@Import(Library.class)
class ModelOutageTest {

    private static final FakeProvider PROVIDER = new FakeProvider();
    private static final String VAGUE = "Does the museum have a shop?";

    @Autowired
    Desk desk;

    @Autowired
    Turn turn;

    @Autowired
    Library library;

    @Autowired
    TestChannels channels;

    @Autowired
    DataSource pool;

    private Desk.Line line;

    @DynamicPropertySource
    static void use_the_fake_provider(DynamicPropertyRegistry settings) {
        settings.add("switchboard.llm.provider", () -> "openai");
        settings.add("switchboard.llm.base-url", PROVIDER::address);
        settings.add("switchboard.llm.model", () -> "some-model");
        settings.add("switchboard.llm.attempts", () -> 1);
        settings.add("switchboard.llm.pause", () -> "5s");
    }

    @AfterAll
    static void close() {
        PROVIDER.close();
    }

    @BeforeEach
    void open_a_museum() {
        PROVIDER.reset();
        TenantId tenant = library.tenant();
        KnowledgeBaseId base = library.knowledgeBase(tenant, "en");
        library.document(
                tenant, base, "handbook.pdf", "The museum is open from Tuesday to Sunday, from 10 am to 6 pm.");
        line = new Desk.Line(tenant, channels.meta(tenant, channels.bot(tenant, Duration.ZERO, base)));
    }

    @Test
    void waits_without_using_up_attempts_while_a_failing_model_is_left_alone() {
        open_the_breaker();
        ConversationId conversation = desk.write(line, "alice", VAGUE);
        int asked = PROVIDER.received().size();

        for (int attempt = 1; attempt <= 8; attempt++) {
            assertThat(turn.run(claimNow())).isEqualTo(Turn.Result.HANDED_BACK);
        }

        assertThat(PROVIDER.received()).hasSize(asked);
        assertThat(desk.count(line, "select max(head_attempts) from conversation where tenant_id = ?"))
                .isZero();
        assertThat(desk.thread(line, conversation))
                .extracting(ThreadMessage::status)
                .containsExactly("RECEIVED");
        assertThat(desk.count(line, """
                        select count(*) from conversation
                         where tenant_id = ? and run_at between clock_timestamp() and clock_timestamp() + interval '6 seconds'
                        """)).isEqualTo(1);
    }

    @Test
    void answers_when_the_model_is_back() {
        open_the_breaker();
        ConversationId conversation = desk.write(line, "alice", VAGUE);
        PROVIDER.says("There is one, open from ten [1].");

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> turn.run(claimNow()) == Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text()).startsWith("There is one, open from ten.");
    }

    @Test
    void says_sorry_when_patience_is_over() {
        open_the_breaker();
        ConversationId conversation = desk.write(line, "alice", VAGUE);
        desk.change(line, "update inbox set received_at = received_at - interval '5 minutes' where tenant_id = ?");

        assertThat(turn.run(claimNow())).isEqualTo(Turn.Result.REPLIED);

        assertThat(desk.thread(line, conversation).getLast().text())
                .isEqualTo(ReplyDraft.fallback(BotSentences.DEFAULTS).text());
    }

    @Test
    void holds_no_connection_while_the_model_writes() throws Exception {
        PROVIDER.says("There is one, open from ten [1].");
        desk.write(line, "alice", VAGUE);
        assertThat(turn.run(claimNow())).isEqualTo(Turn.Result.REPLIED);
        PROVIDER.reset();
        int turns = 40;
        for (int customer = 0; customer < turns; customer++) {
            desk.write(line, "customer " + customer, VAGUE);
            PROVIDER.hangs();
        }
        List<Claim> claims = desk.claim(line, Desk.LEASE);
        assertThat(claims).hasSize(turns);
        HikariDataSource connections = pool.unwrap(HikariDataSource.class);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> running = claims.stream()
                    .map(claim -> threads.submit(() -> turn.run(claim)))
                    .toList();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(PROVIDER.received()).hasSize(turns));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> connections.getHikariPoolMXBean().getActiveConnections() == 0);
            running.forEach(one -> one.cancel(true));
        }
    }

    private void open_the_breaker() {
        for (int customer = 0; customer < 5; customer++) {
            PROVIDER.answers(500, "oops");
            desk.write(line, "customer " + customer, VAGUE);
            assertThat(turn.run(claimNow())).isEqualTo(Turn.Result.HANDED_BACK);
            desk.change(line, "update conversation set run_at = null where tenant_id = ?");
        }
        desk.change(line, "update conversation set head_attempts = 0 where tenant_id = ?");
    }

    private Claim claimNow() {
        desk.change(line, """
                update conversation set run_at = clock_timestamp()
                 where tenant_id = ? and id = (select conversation_id from inbox order by received_at desc, seq desc limit 1)
                """);
        return desk.claim(line, Desk.LEASE).getFirst();
    }
}
