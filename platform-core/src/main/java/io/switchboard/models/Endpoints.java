package io.switchboard.models;

import io.switchboard.installation.SettingException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where providers listen, and what their settings must hold. */
final class Endpoints {

    static final URI OPENAI = URI.create("https://api.openai.com/v1");

    /** Ollama speaks OpenAI's protocol below /v1; see https://docs.ollama.com/openai. */
    static final URI OLLAMA = URI.create("http://localhost:11434/v1");

    /** Stands in for a key where the endpoint asks for none; the client library insists on one. */
    static final String NO_KEY = "none";

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Endpoints() {}

    /** True for OpenAI itself, whose newer models refuse what most compatible servers insist on. */
    static boolean isOpenAi(URI baseUrl) {
        return Objects.equals(OPENAI.getHost(), baseUrl.getHost());
    }

    /**
     * Checks the settings of a {@link FileModel}, which is off without an address.
     *
     * @param prefix of the settings' names
     */
    static void requireFileModel(String prefix, @Nullable URI baseUrl, @Nullable String model, Duration timeout) {
        requireHttp(prefix + "_BASE_URL", baseUrl);
        boolean named = model != null && !model.isBlank();
        if (baseUrl != null && !named) {
            throw new SettingException(prefix + "_MODEL", "is missing; " + prefix + "_BASE_URL needs it");
        }
        if (baseUrl == null && named) {
            throw new SettingException(
                    prefix + "_BASE_URL", "is missing; " + prefix + "_MODEL needs it, for example " + OPENAI);
        }
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new SettingException(prefix + "_TIMEOUT", "must be 1s to 5m, not " + timeout);
        }
    }

    static void requireSet(String setting, @Nullable String value, String provider) {
        if (value == null || value.isBlank()) {
            throw new SettingException(setting, "is missing; the provider " + provider + " needs it");
        }
    }

    static void requireHttp(String setting, @Nullable URI value) {
        if (value != null
                && (value.getHost() == null
                        || !String.valueOf(value.getScheme()).matches("https?"))) {
            throw new SettingException(
                    setting, "is not an http(s) address such as https://api.openai.com/v1: " + value);
        }
    }
}
