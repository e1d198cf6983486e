package io.switchboard.conversations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What was offered under a reply, as its row keeps it: an array of texts, or null for none. */
final class StoredChoices {

    private StoredChoices() {}

    /** @param row with a column {@code choices} */
    static List<String> read(JsonMapper json, ResultSet row) throws SQLException {
        String stored = row.getString("choices");
        return stored == null ? List.of() : List.of(json.readValue(stored, String[].class));
    }

    static @Nullable String write(JsonMapper json, List<String> choices) {
        return choices.isEmpty() ? null : json.writeValueAsString(choices);
    }
}
