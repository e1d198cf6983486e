package io.switchboard.retrieval.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.SettingException;
import io.switchboard.retrieval.VectorModel;
import io.switchboardtest.qdrant.QdrantDouble;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QdrantStoreTest {

    private final QdrantDouble qdrant = new QdrantDouble("the-key");

    @AfterEach
    void close() {
        qdrant.close();
    }

    @Test
    void is_used_once_it_was_opened() {
        QdrantStore store = store("http://127.0.0.1:" + qdrant.port(), "the-key");

        assertThat(store.missing()).isEmpty();
        assertThat(store.used()).isFalse();

        assertThat(store.open().name()).isEqualTo("qdrant");
        assertThat(store.used()).isTrue();
        assertThat(store.open()).isSameAs(store.open());
        store.destroy();
    }

    @Test
    void says_what_is_missing() {
        assertThat(store(null, null).missing())
                .hasValueSatisfying(text -> assertThat(text).contains("SWITCHBOARD_QDRANT_URL"));
        assertThat(store(null, null).used()).isFalse();
        assertThat(store("http://127.0.0.1:" + qdrant.port(), "wrong").missing())
                .hasValueSatisfying(text -> assertThat(text).contains("Invalid API key", "SWITCHBOARD_QDRANT_API_KEY"));

        qdrant.pretendToBe("1.9.4");
        assertThat(store("http://127.0.0.1:" + qdrant.port(), "the-key").missing())
                .hasValueSatisfying(text -> assertThat(text).contains("1.9.4", "1.12"));

        qdrant.close();
        assertThat(store("http://127.0.0.1:" + qdrant.port(), "the-key").missing())
                .hasValueSatisfying(text -> assertThat(text).contains("UNAVAILABLE"));
    }

    @Test
    void names_the_setting_that_is_wrong() {
        assertRefused("qdrant.example.org:6334", null);
        assertRefused("ftp://qdrant.example.org", null);
        assertRefused("http://qdrant.example.org:6333", null);
        assertRefused("http://qdrant.example.org", "key");
        assertThat(new QdrantSettings(URI.create("https://qdrant.example.org"), "key"))
                .satisfies(settings -> assertThat(settings.port()).isEqualTo(6334))
                .satisfies(settings -> assertThat(settings.toString()).doesNotContain("key"));
    }

    private static void assertRefused(String url, @Nullable String apiKey) {
        assertThatThrownBy(() -> new QdrantSettings(URI.create(url), apiKey))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("SWITCHBOARD_QDRANT_URL ");
    }

    private static QdrantStore store(@Nullable String url, @Nullable String apiKey) {
        return new QdrantStore(
                new QdrantSettings(url == null ? null : URI.create(url), apiKey),
                new VectorModel("fake", 2),
                _ -> new VectorModel("fake", 2),
                Clock.systemUTC());
    }
}
