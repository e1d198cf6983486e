package io.switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.world.ChatPage;
import io.switchboard.world.FakeMeta.Answer;
import io.switchboard.world.Latency;
import io.switchboard.world.Postgres;
import io.switchboard.world.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The few minutes of the drills that every build runs: one load, and while it goes on each kind of fault once.
 *
 * <p>Checklist: ASVS 16.5.1 to 16.5.3.
 */
class FaultSmokeTest {

    /** W1, W3, W5, W6; the others, which lose and double nothing even in a careless engine, are left to F3. */
    private static final List<String> WINDOWS =
            List.of("MESSAGE_UNANSWERED:20", "TURN_ANSWERED:20", "SEND_BEGUN:20:30", "SEND_ANSWERED:20");

    private static final Duration DEATH = Duration.ofMinutes(2);
    private static final Duration DRAIN = Duration.ofSeconds(90);

    @Test
    @Timeout(480)
    void nothing_is_lost_doubled_or_out_of_order_through_kills_restarts_duplicates_and_unclear_sends(
            @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        Verdict verdict;
        int kills;
        try (Postgres postgres = Postgres.start(directory.resolve("postgres"));
                Stage stage = Stage.set(
                        Program.Code.ofThisClassPath(), directory, postgres, "smoke", "-XX:TieredStopAtLevel=1")) {
            verdict = play(stage);
            kills = stage.kills();
            assertThat(stage.program().isAlive()).isTrue();
            visitorsWatchAnAnswerGrow(stage);
        }
        assertThat(verdict.lost()).as("lost").isEmpty();
        assertThat(verdict.doubled()).as("doubled").isEmpty();
        assertThat(verdict.disorder()).as("out of order").isEmpty();
        assertThat(verdict.marked()).as("given up").isEmpty();
        assertThat(verdict.duplicates()).as("sent twice").allMatch(Duplicate::explained);
        assertThat(verdict.accepted()).isGreaterThan(500);
        assertThat(kills).isEqualTo(WINDOWS.size() + 1);
    }

    private static Verdict play(Stage stage) throws Exception {
        stage.start();
        Stage.Tenant tenant = stage.newTenant("smoke", "1001");
        stage.model.setLatency(Latency.spread(Duration.ofMillis(200), Duration.ofMillis(800)));
        stage.meta
                .number(tenant.line().phoneNumberId())
                .report(tenant.line(), Duration.ofMillis(200), "delivered", "sent", "read");
        Postman postman = stage.postman(tenant.line(), 1, 200);
        stage.model.hold();
        postman.begin(8);
        answersWebhooksBeforeTheModelAnswers(stage, postman);
        stage.model.letGo();
        Thread.sleep(Duration.ofSeconds(2));
        stage.kill(stage.program());
        for (String window : WINDOWS) {
            stage.awaitEnd(stage.begin(stage.launch.withFlags("-Dfailpoint=" + window)), DEATH);
        }
        stage.start();
        stage.restartPostgres();
        unclearSends(stage, tenant);
        postman.end();
        DeliveryDrills.tripled(stage.postman(tenant.line(), 1_000_000, 200), 100);
        return stage.settle(DRAIN);
    }

    /** A web chat shows the first statement while the model has not written the second; the answer itself comes once. */
    private static void visitorsWatchAnAnswerGrow(Stage stage) throws Exception {
        Stage.Tenant tenant = stage.newTenant("visited", "1002");
        String bot = tenant.api().get("/api/v1/bots").text("/items/0/id");
        try (ChatPage page = ChatPage.open(tenant.api(), bot)) {
            stage.model.hold();
            page.write("When does the museum open?");
            Stage.waitUntil(DEATH, "the first statement", () -> !page.drafts().isEmpty());
            assertThat(page.answers()).isEmpty();
            stage.model.letGo();
            Stage.waitUntil(DEATH, "the answer", () -> !page.answers().isEmpty());
            assertThat(page.drafts()).allMatch("Passage one says what you ask about."::startsWith);
            assertThat(page.answers())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer)
                            .startsWith("Passage one says what you ask about. You wrote: ")
                            .contains("Source: "));
        }
    }

    /** Bug class "slow webhook": the model is asked and says nothing, and meanwhile messages are stored and their webhooks answered. */
    private static void answersWebhooksBeforeTheModelAnswers(Stage stage, Postman postman) throws InterruptedException {
        Stage.waitUntil(
                DEATH,
                "webhooks while the model is held back",
                () -> stage.model.inFlight() > 0 && postman.accepted().size() >= 8);
        assertThat(stage.model.completionTokens()).as("answers of the model").isZero();
        assertThat(stage.count("select count(*) from inbox"))
                .as("messages stored")
                .isGreaterThanOrEqualTo(8);
    }

    /** Refusals that pass, and messages that are taken without an answer. */
    private static void unclearSends(Stage stage, Stage.Tenant tenant) throws InterruptedException {
        long from = System.nanoTime();
        stage.meta
                .number(tenant.line().phoneNumberId())
                .script(
                        new Answer.AcceptAndBreak(),
                        new Answer.AcceptAndHang(),
                        Answer.error(429, 130429, Duration.ofSeconds(1)),
                        Answer.error(500, 131000),
                        new Answer.AcceptAndBreak(),
                        new Answer.AcceptAndHang(),
                        Answer.error(400, 131056));
        Thread.sleep(Duration.ofSeconds(5));
        stage.note(Incident.Kind.PROVIDER_SILENT, from);
    }
}
