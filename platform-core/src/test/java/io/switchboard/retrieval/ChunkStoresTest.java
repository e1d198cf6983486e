package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.installation.SettingException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChunkStoresTest {

    private static final String NO_EXTENSION = "this PostgreSQL does not have the extension";

    @Test
    void takes_pgvector_by_default_where_the_database_has_it() {
        assertThat(choose(null, null)).isEqualTo("pgvector: by default, since the database has the extension");
    }

    @Test
    void takes_the_embedded_store_by_default_where_the_database_has_no_pgvector() {
        assertThat(choose(null, NO_EXTENSION)).isEqualTo("embedded: by default, since " + NO_EXTENSION);
    }

    @Test
    void takes_what_the_setting_names() {
        assertThat(choose("embedded", null)).startsWith("embedded: ");
        assertThat(choose("pgvector", null)).startsWith("pgvector: ");
    }

    @Test
    void refuses_a_store_that_cannot_be_used_and_says_what_is_missing() {
        assertThatThrownBy(() -> choose("pgvector", NO_EXTENSION))
                .isInstanceOf(SettingException.class)
                .hasMessage("SWITCHBOARD_VECTOR_STORE is pgvector, but " + NO_EXTENSION);
        assertThatThrownBy(() -> choose("qdrant", null))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("is qdrant, but ");
    }

    private static String choose(@Nullable String setting, @Nullable String missingOfPgvector) {
        ChunkStores.Choice choice = ChunkStores.choose(
                new VectorStoreSettings(setting),
                List.of(new NamedStore("embedded", null), new NamedStore("pgvector", missingOfPgvector)));
        return choice.store().name() + ": " + choice.reason();
    }

    private record NamedStore(String name, @Nullable String lacking) implements VectorStore {

        @Override
        public Optional<String> missing() {
            return Optional.ofNullable(lacking);
        }

        @Override
        public ChunkIndex open() {
            throw new AssertionError("the choice opens nothing");
        }

        @Override
        public boolean used() {
            return false;
        }
    }
}
