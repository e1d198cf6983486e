package io.switchboard.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.database.DatabaseSignals.Topic;
import io.switchboardtest.SwitchboardTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SwitchboardTest
class DatabaseSignalsTest {

    @Autowired
    DatabaseServer server;

    @Autowired
    SystemDatabase system;

    @Autowired
    DatabaseSignals mine;

    private DatabaseSignals other;

    @AfterEach
    void stop() {
        other.stop();
    }

    @Test
    void reaches_another_process_on_the_same_database() {
        AtomicInteger heard = listen(Topic.REPLIES);

        await().untilAsserted(() -> {
            mine.raise(Topic.REPLIES);
            assertThat(heard.get()).isPositive();
        });
    }

    @Test
    void listens_again_after_its_connection_was_cut() {
        AtomicInteger heard = listen(Topic.REPLIES);
        await().untilAsserted(() -> {
            mine.raise(Topic.REPLIES);
            assertThat(heard.get()).isPositive();
        });

        system.jdbc()
                .sql(
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and query like 'listen%'")
                .query(Boolean.class)
                .list();
        int before = heard.get();

        await().untilAsserted(() -> {
            mine.raise(Topic.REPLIES);
            assertThat(heard.get()).isGreaterThan(before);
        });
    }

    private AtomicInteger listen(Topic topic) {
        AtomicInteger heard = new AtomicInteger();
        other = new DatabaseSignals(server.system());
        other.on(topic, heard::incrementAndGet);
        other.start();
        return heard;
    }
}
