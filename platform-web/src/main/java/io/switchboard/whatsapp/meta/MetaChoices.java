package io.switchboard.whatsapp.meta;

import static io.switchboard.whatsapp.Payload.textAt;

import io.switchboard.channels.OutboundChoices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Choices under a text as Meta shows them: few and short ones as <a
 * href="https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages">buttons</a>, others as a <a
 * href="https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages">list</a> that a button opens. The
 * limits are those of these pages.
 */
final class MetaChoices {

    private static final int MAX_TEXT = 1024;
    private static final int MAX_BUTTONS = 3;
    private static final int MAX_BUTTON = 20;
    private static final int MAX_ROWS = 10;
    private static final int MAX_ROW_TITLE = 24;
    private static final int MAX_ROW_DESCRIPTION = 72;

    private static final String ID_PREFIX = "choice-";

    private MetaChoices() {}

    /** False if Meta would refuse them: where they or the text are too long, too many, or where two rows would have one title. */
    static boolean fit(OutboundChoices message) {
        return message.message().text().length() <= MAX_TEXT && (areButtons(message) || areRows(message));
    }

    private static boolean areButtons(OutboundChoices message) {
        return message.choices().size() <= MAX_BUTTONS
                && message.choices().stream().allMatch(choice -> choice.length() <= MAX_BUTTON);
    }

    private static boolean areRows(OutboundChoices message) {
        List<String> choices = message.choices();
        return choices.size() <= MAX_ROWS
                && choices.stream().allMatch(choice -> choice.length() <= MAX_ROW_DESCRIPTION)
                && choices.stream().map(MetaChoices::title).distinct().count() == choices.size();
    }

    /** For choices that {@link #fit}. */
    static Map<String, Object> interactive(OutboundChoices message) {
        return areButtons(message)
                ? interactive(message, "button", Map.of("buttons", buttons(message.choices())))
                : interactive(
                        message,
                        "list",
                        Map.of(
                                "button",
                                message.opener(),
                                "sections",
                                List.of(Map.of("rows", rows(message.choices())))));
    }

    private static Map<String, Object> interactive(OutboundChoices message, String type, Map<String, Object> action) {
        return Map.of("type", type, "body", Map.of("text", message.message().text()), "action", action);
    }

    private static List<Map<String, Object>> buttons(List<String> choices) {
        List<Map<String, Object>> buttons = new ArrayList<>();
        for (String choice : choices) {
            buttons.add(Map.of("type", "reply", "reply", Map.of("id", id(buttons.size()), "title", choice)));
        }
        return buttons;
    }

    private static List<Map<String, Object>> rows(List<String> choices) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String choice : choices) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", id(rows.size()));
            row.put("title", title(choice));
            if (choice.length() > MAX_ROW_TITLE) {
                row.put("description", choice);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String id(int index) {
        return ID_PREFIX + (index + 1);
    }

    private static String title(String choice) {
        if (choice.length() <= MAX_ROW_TITLE) {
            return choice;
        }
        int end = MAX_ROW_TITLE - 1;
        boolean halves = Character.isHighSurrogate(choice.charAt(end - 1));
        return choice.substring(0, halves ? end - 1 : end).strip() + "…";
    }

    /**
     * What a customer says who pressed a row: the whole choice where its title is shortened.
     *
     * @param row as Meta tells it, of our own lists or of another program's
     */
    static @Nullable String said(JsonNode row) {
        String id = textAt(row, "id");
        String whole = id != null && id.startsWith(ID_PREFIX) ? textAt(row, "description") : null;
        return whole == null ? textAt(row, "title") : whole;
    }
}
