package io.switchboardtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives each test context a data directory below {@code target}. */
public class TestDataDirectory implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "test-data"));
            Path directory = Files.createTempDirectory(parent, "run");
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test-data", Map.of("switchboard.data-dir", directory.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("no directory for the test's data", e);
        }
    }
}
