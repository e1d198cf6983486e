package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.elements;
import static io.switchboard.whatsapp.Payload.textAt;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The WhatsApp account that a number belongs to, which nobody has to enter. */
final class MetaAccount {

    /** What a token may do that reads an account. */
    static final String MANAGING = "whatsapp_business_management";

    private MetaAccount() {}

    /** What tells about a token, to be asked with it. */
    static String aboutToken(String token) {
        return "debug_token?input_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    /**
     * As the number's health says, or the only one that the token may read.
     *
     * @param number with its {@code health_status}
     * @param token what Meta tells about the token
     */
    static Optional<String> of(JsonNode number, JsonNode token) {
        return ofNumber(number).or(() -> ofToken(token));
    }

    static Optional<String> ofNumber(JsonNode number) {
        return elements(number.path("health_status"), "entities").stream()
                .filter(part -> "WABA".equals(textAt(part, "entity_type")))
                .findFirst()
                .map(part -> textAt(part, "id"));
    }

    static Optional<String> ofToken(JsonNode token) {
        return elements(token, "granular_scopes").stream()
                .filter(scope -> MANAGING.equals(textAt(scope, "scope")))
                .map(scope -> elements(scope, "target_ids"))
                .filter(accounts -> accounts.size() == 1)
                .map(List::getFirst)
                .map(JsonNode::asString)
                .findFirst();
    }
}
