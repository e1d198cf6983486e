package io.switchboardtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives each test context a data directory below {@code target}, its database pgvector where that was built for the tests, and shorter
 * waits between jobs and between a site's pages.
 */
public class TestDataDirectory implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "test-data"));
            Path directory = Files.createTempDirectory(parent, "run");
            Map<String, Object> settings = new HashMap<>();
            settings.put("switchboard.data-dir", directory.toString());
            // The same on every machine; tests of the other stores open them by themselves.
            settings.put("switchboard.vector-store", "embedded");
            // Jobs are looked for, and sites asked, more often than where others pay for it.
            settings.put("db-scheduler.polling-interval", "200ms");
            settings.put("switchboard.crawling.delay", "200ms");
            String pgvector = System.getenv("SWITCHBOARD_TEST_PGVECTOR");
            if (pgvector != null) {
                settings.put("switchboard.db.pgvector", pgvector);
            }
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test-data", settings));
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the test's data", e);
        }
    }
}
