package io.switchboard.database;

import io.switchboard.installation.BackgroundLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints between the processes on one database, over LISTEN and NOTIFY: "there may be work". A hint may be lost or come late; whoever
 * relies on one polls as well. A hint is sent from a thread of its own, since a NOTIFY inside a transaction makes all commits of the
 * database queue up behind one lock.
 */
public final class DatabaseSignals extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSignals.class);
    private static final Duration COALESCED = Duration.ofMillis(20);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Login login;
    private final Map<String, List<Runnable>> listeners = new ConcurrentHashMap<>();
    private final Set<String> raised = ConcurrentHashMap.newKeySet();

    DatabaseSignals(Login login) {
        super("database-signals", Duration.ZERO, AFTER_FAILURE);
        this.login = login;
    }

    /** Runs a listener whenever any process raises the topic, this one included. To be called before the program has started. */
    public void on(Topic topic, Runnable listener) {
        listeners
                .computeIfAbsent(topic.channel(), _ -> new CopyOnWriteArrayList<>())
                .add(listener);
    }

    /** Tells every process soon; several calls within milliseconds are one hint. */
    public void raise(Topic topic) {
        raised.add(topic.channel());
    }

    /** What a hint is about. */
    public enum Topic {
        TURNS,
        REPLIES;

        String channel() {
            return "switchboard_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** Lasts until the connection breaks or the program stops. */
    @Override
    protected void round() {
        try (Connection connection = login.connect();
                Statement statement = connection.createStatement()) {
            for (String channel : listeners.keySet()) {
                statement.execute("listen " + channel);
            }
            exchange(connection.unwrap(PGConnection.class), statement);
        } catch (SQLException e) {
            if (isRunning()) {
                LOG.warn("Hints between processes are interrupted ({}); polling goes on", e.getMessage());
            }
        }
    }

    private void exchange(PGConnection connection, Statement statement) throws SQLException {
        while (isRunning()) {
            for (String channel : List.copyOf(raised)) {
                raised.remove(channel);
                statement.execute("notify " + channel);
            }
            PGNotification[] notifications = connection.getNotifications((int) COALESCED.toMillis());
            for (PGNotification notification : notifications) {
                listeners.getOrDefault(notification.getName(), List.of()).forEach(Runnable::run);
            }
        }
    }
}
