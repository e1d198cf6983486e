package io.switchboard.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.installation.MasterKeys;
import java.time.Duration;
import liquibase.integration.spring.SpringLiquibase;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Three roles, three ways in: the owner migrates, the runtime role serves tenants, the system role routes and schedules. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

    /** Of the server while a statement runs; no statement of ours takes nearly as long. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    /** Of ours inside a transaction, in which nothing is waited for. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /**
     * The system role's statements are few and take arrays; PostgreSQL would plan such a statement anew each time, which costs more than
     * running it.
     */
    private static final String ONE_PLAN = "set plan_cache_mode = force_generic_plan";

    /** No statement of ours runs long enough to be worth compiling, which takes PostgreSQL a tenth of a second or more. */
    private static final String NO_COMPILER = "set jit = off";

    private static final int RUNTIME_CONNECTIONS = 16;
    private static final int SYSTEM_CONNECTIONS = 6;

    @Bean
    DatabaseServer databaseServer(DatabaseSettings settings, InstallationSettings installation, MasterKeys keys) {
        return DatabaseServer.open(settings, installation, keys);
    }

    @Bean
    SchemaOwner schemaOwner(DatabaseServer server) {
        return new SchemaOwner(
                server.owner(), server.runtime().user(), server.system().user());
    }

    /** Migrates as the owner; the names of the other roles are parameters of the change logs. */
    @Bean
    SpringLiquibase liquibase(SchemaOwner owner) {
        return owner.migration("classpath:/db/changelog/db.changelog-master.yaml");
    }

    @Bean
    @Primary
    HikariDataSource dataSource(DatabaseServer server) {
        return new HikariDataSource(pool("runtime", server.runtime(), RUNTIME_CONNECTIONS));
    }

    @Bean(defaultCandidate = false)
    HikariDataSource systemDataSource(DatabaseServer server) {
        HikariConfig config = pool("system", server.system(), SYSTEM_CONNECTIONS);
        config.setConnectionInitSql(config.getConnectionInitSql() + "; " + ONE_PLAN);
        return new HikariDataSource(config);
    }

    @Bean
    SystemDatabase systemDatabase(@Qualifier("systemDataSource") HikariDataSource source) {
        return new SystemDatabase(
                JdbcClient.create(source), new TransactionTemplate(new JdbcTransactionManager(source)));
    }

    @Bean
    DatabaseSignals databaseSignals(DatabaseServer server) {
        return new DatabaseSignals(server.system());
    }

    private static HikariConfig pool(String name, Login login, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(login.url());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        config.setAutoCommit(true);
        // A connection that a network cut in two is given up at both ends, with the locks that its transaction holds.
        config.addDataSourceProperty("tcpKeepAlive", true);
        config.addDataSourceProperty("socketTimeout", LONGEST_SILENCE.toSeconds());
        config.setConnectionInitSql(
                "set idle_in_transaction_session_timeout = '%ds'; ".formatted(LONGEST_PAUSE.toSeconds()) + NO_COMPILER);
        return config;
    }
}
