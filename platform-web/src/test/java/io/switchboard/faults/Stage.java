package io.switchboard.faults;

import io.switchboard.ApiClient;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.FakeMeta.Send;
import io.switchboard.world.FakeModel;
import io.switchboard.world.Installation;
import io.switchboard.world.Latency;
import io.switchboard.world.MetaLine;
import io.switchboard.world.Postgres;
import io.switchboard.world.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Everything one drill needs: a fresh database on the shared server, stand-ins for the model and for Meta, a proxy before each of them, and
 * the program, which can be killed and started again at the same address.
 */
final class Stage implements AutoCloseable {

    /** Shorter than the program's own, so that a run ends; longer than a send takes to give up, as they must be. */
    private static final Map<String, String> PACE = Map.of(
            "SWITCHBOARD_ENGINE_LEASE", "6s",
            "SWITCHBOARD_ENGINE_SENDLEASE", "12s",
            "SWITCHBOARD_ENGINE_STATUSGRACE", "6s",
            "SWITCHBOARD_MASTER_KEY", "c3dpdGNoYm9hcmQtZmF1bHQtaGFybmVzcy1rZXktMzI=");

    static final Duration META_ANSWERS_AFTER = Duration.ofMillis(60);

    final Postgres postgres;
    final String databaseName;
    final FakeModel model = FakeModel.start();
    final FakeMeta meta = FakeMeta.start();
    final TcpProxy database;
    final TcpProxy provider;
    final TcpProxy front;
    final Program.Launch launch;

    private final Queue<Send> taken = new ConcurrentLinkedQueue<>();
    private final List<Postman> postmen = new CopyOnWriteArrayList<>();
    private final List<Incident> incidents = new CopyOnWriteArrayList<>();
    private final List<Program> programs = new CopyOnWriteArrayList<>();
    private final Thread hook = new Thread(this::killAll);
    private int kills;
    private int restarts;
    private Installation installation;
    private Program program;

    private Stage(Program.Code code, Path directory, Postgres postgres, String name, String... flags)
            throws SQLException {
        this.postgres = postgres;
        this.databaseName = name;
        Map<String, String> settings = new HashMap<>(postgres.newDatabase(name));
        this.database = TcpProxy.to(postgres.port());
        this.provider = TcpProxy.to(meta.port());
        settings.putAll(postgres.settings(name, database.port()));
        settings.putAll(Installation.settings(meta));
        settings.put("SWITCHBOARD_META_BASE_URL", "http://127.0.0.1:" + provider.port());
        settings.putAll(model.answerSettings());
        settings.putAll(model.embeddingSettings());
        settings.putAll(PACE);
        this.launch =
                Program.Launch.of(code, directory.resolve(name)).with(settings).withFlags(flags);
        this.front = TcpProxy.to(launch.port());
        meta.setLatency(Latency.of(META_ANSWERS_AFTER));
        meta.onDelivered(taken::add);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Sets everything up but the program.
     *
     * @param flags of the Java machine at every start
     */
    static Stage set(Program.Code code, Path directory, Postgres postgres, String name, String... flags)
            throws SQLException {
        return new Stage(code, directory, postgres, name, flags);
    }

    /** Starts the program and waits until it is healthy. */
    Program start(String... flags) throws IOException, InterruptedException {
        program = begin(launch.withFlags(flags));
        program.millisToHealthy();
        return program;
    }

    /** Starts a program of this stage without waiting for it. */
    Program begin(Program.Launch how) throws IOException {
        Program started = how.start();
        programs.add(started);
        return started;
    }

    Program program() {
        return program;
    }

    /** A tenant with a bot and a number whose deliveries come through {@link #front}. */
    Tenant newTenant(String slug, String phoneNumberId) {
        if (installation == null) {
            installation = Installation.of(program);
        }
        Installation.Tenant tenant = installation.newTenant(slug);
        MetaLine line = installation.newLine(tenant, phoneNumberId).at(front.port());
        return new Tenant(tenant.api(), line);
    }

    record Tenant(ApiClient api, MetaLine line) {}

    Postman postman(MetaLine line, long firstNumber, int customers) {
        Postman postman = new Postman(line, firstNumber, customers);
        postmen.add(postman);
        return postman;
    }

    /** kill -9, noted. */
    void kill(Program victim) throws InterruptedException {
        long now = System.nanoTime();
        victim.kill();
        incidents.add(new Incident(Incident.Kind.KILL, now, System.nanoTime()));
        kills++;
    }

    /** Waits for a program that ends itself at a failpoint, noted as a kill. */
    void awaitEnd(Program victim, Duration limit) throws InterruptedException {
        waitUntil(limit, "the failpoint", () -> !victim.isAlive());
        incidents.add(new Incident(Incident.Kind.KILL, System.nanoTime(), System.nanoTime()));
        kills++;
    }

    /** Ends every process of PostgreSQL without a checkpoint and starts it again, noted. */
    void restartPostgres() throws IOException, InterruptedException {
        long from = System.nanoTime();
        postgres.restartImmediately();
        incidents.add(new Incident(Incident.Kind.POSTGRES, from, System.nanoTime()));
        restarts++;
    }

    /** Notes what was done from then until now. */
    void note(Incident.Kind kind, long fromNanos) {
        incidents.add(new Incident(kind, fromNanos, System.nanoTime()));
    }

    int kills() {
        return kills;
    }

    int restarts() {
        return restarts;
    }

    List<Incident> incidents() {
        return List.copyOf(incidents);
    }

    /** What the provider took, in order. */
    List<Send> taken() {
        return taken.stream().sorted(Comparator.comparingLong(Send::nanos)).toList();
    }

    List<Postman.Letter> accepted() {
        return postmen.stream().flatMap(postman -> postman.accepted().stream()).toList();
    }

    /** Seconds from the end of each incident to the next reply that reached the provider. */
    List<Double> recoveries() {
        List<Send> sends = taken();
        return incidents.stream()
                .map(incident -> sends.stream()
                        .filter(send -> send.nanos() > incident.toNanos())
                        .findFirst()
                        .map(send -> (send.nanos() - incident.toNanos()) / 1e9))
                .flatMap(java.util.Optional::stream)
                .toList();
    }

    /** Waits until every message is accepted, answered and sent, then asks the oracle; whatever is open at the limit is lost. */
    Verdict settle(Duration limit) throws InterruptedException, SQLException {
        try {
            waitUntil(
                    limit,
                    "the backlog",
                    () -> postmen.stream().allMatch(postman -> postman.pending() == 0) && open() == 0);
        } catch (IllegalStateException _) {
            // The oracle says what is open.
        }
        try (Connection connection = postgres.connect(databaseName)) {
            return Oracle.examine(connection, accepted(), taken(), incidents(), META_ANSWERS_AFTER);
        }
    }

    /** Conversations with unanswered messages and replies whose fate is open. */
    long open() {
        return count("""
                select (select count(*) from conversation where done_seq < last_seq)
                     + (select count(*) from reply where status in ('PENDING', 'SENDING', 'UNKNOWN'))
                """);
    }

    /** A number from the database, as its superuser sees it; -1 while the server is away. */
    long count(String sql) {
        try (Connection connection = postgres.connect(databaseName);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException _) {
            return -1;
        }
    }

    /** Changes the database as its superuser. */
    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Checks again and again. */
    static void waitUntil(Duration limit, String what, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("after " + limit.toSeconds() + " s still waiting for " + what);
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    /** Something to wait for. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    List<String> describe(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        verdict.duplicates().forEach(duplicate -> lines.add("provider duplicate: " + duplicate));
        some("lost", verdict.lost(), lines);
        some("doubled", verdict.doubled(), lines);
        some("out of order", verdict.disorder(), lines);
        some("marked", verdict.marked(), lines);
        return lines;
    }

    private static void some(String what, List<String> all, List<String> lines) {
        all.stream().limit(5).forEach(each -> lines.add(what + ": " + each));
        if (all.size() > 5) {
            lines.add(what + ": and " + (all.size() - 5) + " more");
        }
    }

    private void killAll() {
        programs.forEach(each -> each.process().destroyForcibly());
    }

    @Override
    public void close() {
        postmen.forEach(Postman::close);
        programs.forEach(Program::close);
        front.close();
        provider.close();
        database.close();
        meta.close();
        model.close();
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
