package io.switchboard.tenancy;

import io.switchboard.database.SystemDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses to start on a database in which one tenant could see another's rows. */
@Component
public class WallCheck implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(WallCheck.class);

    private final JdbcClient runtime;
    private final SystemDatabase system;

    WallCheck(DataSource runtime, SystemDatabase system) {
        this.runtime = JdbcClient.create(runtime);
        this.system = system;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> holes = holes();
        if (!holes.isEmpty()) {
            throw new IllegalStateException(
                    "tenants would not be kept apart in this database; refusing to start: " + String.join("; ", holes));
        }
        LOG.info("Tenant wall checked: {} tables", WallInspection.tables(runtime));
    }

    /** What is wrong with the wall of the running database at this moment; empty if it stands. */
    public List<String> holes() {
        return WallInspection.holes(runtime, system.jdbc());
    }
}
