package io.switchboard.bench;

import io.switchboard.world.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The physical bound of every promise to have stored something: single rows inserted and flushed to disk, with nothing around. */
final class DurableInserts {

    private static final String DATABASE = "bare_inserts";

    private final Postgres postgres;

    DurableInserts(Postgres postgres) throws SQLException {
        this.postgres = postgres;
        postgres.newDatabase(DATABASE);
        try (Connection connection = postgres.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("create table message (id bigserial primary key, text text not null)");
        }
    }

    /** Milliseconds that every insert took, from connections that insert one row after the other. */
    Percentiles measure(int connections, Duration time) throws InterruptedException {
        Queue<Double> millis = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofPlatform().start(() -> insert(time, millis)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return Percentiles.of(millis);
    }

    private void insert(Duration time, Queue<Double> millis) {
        try (Connection connection = postgres.connect(DATABASE);
                PreparedStatement insert = connection.prepareStatement("insert into message (text) values (?)")) {
            long end = System.nanoTime() + time.toNanos();
            for (long began = System.nanoTime(); began < end; began = System.nanoTime()) {
                insert.setString(1, "When is the museum open on Sundays?");
                insert.executeUpdate();
                millis.add((System.nanoTime() - began) / 1e6);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a bare insert failed", e);
        }
    }
}
