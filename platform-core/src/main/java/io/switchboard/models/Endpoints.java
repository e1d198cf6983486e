package io.switchboard.models;

import io.switchboard.installation.SettingException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where providers listen, and what their settings must hold. */
final class Endpoints {

    static final URI OPENAI = URI.create("https://api.openai.com/v1");

    /** Ollama speaks OpenAI's protocol below /v1; see https://docs.ollama.com/openai. */
    static final URI OLLAMA = URI.create("http://localhost:11434/v1");

    /** Stands in for a key where the endpoint asks for none; the client library insists on one. */
    static final String NO_KEY = "none";

    private Endpoints() {}

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
