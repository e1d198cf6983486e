package io.switchboard.isolation;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.audit.Origin;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TimeOrderedUuid;
import io.switchboard.permissions.OperatorOnly;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** The operator's check that tenants are kept apart, on the running installation, and what it found whenever it was run. */
@Service
public class IsolationService {

    private final ObjectProvider<CheckedWall> wall;
    private final SystemDatabase system;
    private final AuditService audit;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock();

    IsolationService(ObjectProvider<CheckedWall> wall, SystemDatabase system, AuditService audit, Clock clock) {
        this.wall = wall;
        this.system = system;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Takes some ten seconds. The tenants it works with are erased when it returns; the result stays.
     *
     * @param origin from where the actor asks
     */
    @OperatorOnly
    public IsolationRun run(Actor actor, Origin origin) {
        if (!running.tryLock()) {
            return new IsolationRun.AlreadyRunning();
        }
        try {
            Instant begin = clock.instant();
            CheckedWall.Result result = wall.getObject().check();
            IsolationCheck check = new IsolationCheck(
                    TimeOrderedUuid.next(),
                    begin,
                    actor.name(),
                    result.endpoints().places(),
                    result.tables().places(),
                    result.endpoints().attempts() + result.tables().attempts(),
                    Stream.concat(result.endpoints().leaks().stream(), result.tables().leaks().stream())
                            .map(Leak::toString)
                            .toList(),
                    Duration.between(begin, clock.instant()));
            keep(check, actor, origin);
            return new IsolationRun.Finished(check);
        } finally {
            running.unlock();
        }
    }

    private void keep(IsolationCheck check, Actor actor, Origin origin) {
        system.transaction(() -> {
            audit.recordForOperators(
                    actor,
                    origin,
                    "run",
                    "isolation check",
                    check.id(),
                    check.passed() ? "no leak" : check.leaks().size() + " leaks");
            return system.jdbc()
                    .sql("""
                            insert into isolation_check (id, at, actor, endpoints, tables, attempts, leaks, duration_millis)
                            values (:id, :at, :actor, :endpoints, :tables, :attempts, :leaks, :millis)
                            """)
                    .param("id", check.id())
                    .param("at", check.at().atOffset(ZoneOffset.UTC))
                    .param("actor", check.actor())
                    .param("endpoints", check.endpoints())
                    .param("tables", check.tables())
                    .param("attempts", check.attempts())
                    .param("leaks", check.leaks().toArray(String[]::new))
                    .param("millis", check.duration().toMillis())
                    .update();
        });
    }

    /** Newest first. */
    @OperatorOnly
    public Slice<IsolationCheck> list(PageRequest page) {
        List<IsolationCheck> rows = system.jdbc()
                .sql("""
                        select * from isolation_check where (:after::uuid is null or id < :after::uuid)
                         order by id desc limit :limit
                        """)
                .param("after", page.after())
                .param("limit", page.limit() + 1)
                .query(IsolationService::check)
                .list();
        return Slice.cut(rows, page.limit(), check -> check.id().toString());
    }

    private static IsolationCheck check(ResultSet row, int number) throws SQLException {
        return new IsolationCheck(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getInt("endpoints"),
                row.getInt("tables"),
                row.getInt("attempts"),
                Arrays.asList((String[]) row.getArray("leaks").getArray()),
                Duration.ofMillis(row.getLong("duration_millis")));
    }
}
