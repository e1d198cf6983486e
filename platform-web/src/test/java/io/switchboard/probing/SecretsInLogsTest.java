package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.switchboard.WebTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A full run over every endpoint, with marked secrets and texts, and then a look at everything that was logged, at every level of ours.
 *
 * <p>Checklist: ASVS 14.2.1 and 16.2.5.
 */
class SecretsInLogsTest extends WebTest {

    private static final List<String> SECRETS = List.of(
            "password",
            "token",
            "refresh-token",
            "access-token",
            "app-secret",
            "verify-token",
            "api-key-text",
            "spare-api-key-text");

    @Autowired
    WorldMaker worlds;

    @Autowired
    WallProbe wall;

    @Test
    void logs_neither_secrets_nor_what_customers_write() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("io.switchboard");
        Level before = ours.getLevel();
        Kept kept = new Kept();
        kept.start();
        root.addAppender(kept);
        ours.setLevel(Level.TRACE);
        try {
            World mine = worlds.make('a');
            World other = worlds.make('b');
            URI address = URI.create("http://localhost:" + port);
            String stranger = worlds.token(access.ensureOperator(address("stranger"), PASSWORD));
            wall.endpoints(address, mine, other, stranger);
            anonymous()
                    .post(
                            "/api/v1/auth/login",
                            Map.of("email", "nobody@example.org", "password", other.value("password")));
            anonymous().withToken(other.value("token") + "x").get("/api/v1/me");

            assertThat(kept.lines).hasSizeGreaterThan(5);
            for (World world : List.of(mine, other)) {
                for (String secret : SECRETS) {
                    assertThat(kept.lines).as(secret).noneMatch(line -> line.contains(world.value(secret)));
                }
                assertThat(kept.lines).as("texts").noneMatch(line -> line.contains(world.canary()));
            }
        } finally {
            root.detachAppender(kept);
            ours.setLevel(before);
        }
    }

    private static final class Kept extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        protected void append(ILoggingEvent event) {
            String trace =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            lines.add(event.getFormattedMessage() + trace);
        }
    }
}
