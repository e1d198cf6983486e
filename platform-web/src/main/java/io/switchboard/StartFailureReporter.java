package io.switchboard;

import io.switchboard.installation.SettingException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionFailedException;

/**
 * Tells a wrong setting in one line on standard error, without the stack trace that would hide it. Everything else is left to Spring
 * Boot's own reports.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class StartFailureReporter implements SpringBootExceptionReporter {

    /** Properties whose environment name is not simply their own. */
    private static final Map<String, String> NAMES = Map.of("server.port", "SWITCHBOARD_PORT");

    /** Not repeated, wherever standard error goes. */
    private static final Pattern SECRET = Pattern.compile("key|password|secret|token");

    /** Called by Spring Boot, see {@code META-INF/spring.factories}. */
    StartFailureReporter(@Nullable ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> line = explain(failure);
        line.ifPresent(StartFailureReporter::print);
        return line.isPresent();
    }

    /** One line that names the setting; empty if the failure has nothing to do with one. */
    static Optional<String> explain(Throwable failure) {
        List<Throwable> causes = causes(failure);
        return causes.stream()
                .map(StartFailureReporter::sentence)
                .flatMap(Optional::stream)
                .reduce((outer, inner) -> inner)
                .map(sentence -> sentence.replaceAll("\\s+", " "));
    }

    private static Optional<String> sentence(Throwable cause) {
        return switch (cause) {
            case SettingException e -> Optional.of(String.valueOf(e.getMessage()));
            case PortInUseException e ->
                Optional.of("SWITCHBOARD_PORT " + e.getPort() + " is in use by another program; choose another port");
            case BindException e -> Optional.of(wrongForm(e.getName().toString(), e, null));
            case InvalidConfigurationPropertyValueException e -> Optional.of(wrongForm(e.getName(), e, e.getValue()));
            case FileSystemException e ->
                Optional.of("SWITCHBOARD_DATA_DIR cannot be used: " + e.getFile() + ": "
                        + Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName()));
            default -> Optional.empty();
        };
    }

    /** @param value what was set, if the failure itself knows */
    private static String wrongForm(String property, Throwable failure, @Nullable Object value) {
        String name = NAMES.getOrDefault(
                property, property.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_'));
        Object refused = causes(failure).stream()
                .filter(ConversionFailedException.class::isInstance)
                .map(cause -> ((ConversionFailedException) cause).getValue())
                .findFirst()
                .orElse(value);
        return name + " has the wrong form"
                + (refused == null || SECRET.matcher(property).find() ? "" : ": " + refused);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    private static void print(String line) {
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8).println(line);
    }
}
