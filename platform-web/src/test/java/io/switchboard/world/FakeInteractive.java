package io.switchboard.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What Meta refuses in buttons and lists, by the limits of its documentation. */
final class FakeInteractive {

    private static final int PARAMETER_NOT_VALID = 131009;

    private final List<String> problems = new ArrayList<>();

    private FakeInteractive() {}

    /** The answer to a request to send that Meta would not take; empty if it would. */
    static Optional<FakeMeta.Answer> refusal(JsonNode body) {
        if (!body.path("type").asString("").equals("interactive")) {
            return Optional.empty();
        }
        FakeInteractive checks = new FakeInteractive();
        checks.message(body.path("interactive"));
        return checks.problems.stream()
                .findFirst()
                .map(problem -> FakeMeta.Answer.error(400, PARAMETER_NOT_VALID, problem));
    }

    private void message(JsonNode interactive) {
        length("body text", interactive.path("body").path("text"), 1, 1024);
        JsonNode action = interactive.path("action");
        switch (interactive.path("type").asString("")) {
            case "button" -> buttons(action.path("buttons"));
            case "list" -> list(action);
            default -> problems.add("interactive type is neither button nor list");
        }
    }

    private void buttons(JsonNode buttons) {
        check(buttons.size() >= 1 && buttons.size() <= 3, "there must be 1 to 3 buttons");
        Set<String> titles = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode button : buttons) {
            check(button.path("type").asString("").equals("reply"), "button type must be reply");
            length("button title", button.path("reply").path("title"), 1, 20);
            length("button id", button.path("reply").path("id"), 1, 256);
            check(titles.add(button.path("reply").path("title").asString("")), "button titles must be unique");
            check(ids.add(button.path("reply").path("id").asString("")), "button ids must be unique");
        }
    }

    private void list(JsonNode action) {
        length("list button", action.path("button"), 1, 20);
        JsonNode sections = action.path("sections");
        check(sections.size() >= 1 && sections.size() <= 10, "there must be 1 to 10 sections");
        Set<String> titles = new HashSet<>();
        Set<String> ids = new HashSet<>();
        int rows = 0;
        for (JsonNode section : sections) {
            if (sections.size() > 1 || section.has("title")) {
                length("section title", section.path("title"), 1, 24);
            }
            check(!section.path("rows").isEmpty(), "a section must have rows");
            for (JsonNode row : section.path("rows")) {
                rows++;
                length("row title", row.path("title"), 1, 24);
                length("row id", row.path("id"), 1, 200);
                length("row description", row.path("description"), 0, 72);
                check(titles.add(row.path("title").asString("")), "row titles must be unique");
                check(ids.add(row.path("id").asString("")), "row ids must be unique");
            }
        }
        check(rows <= 10, "all sections together must have 10 rows at most");
    }

    private void length(String what, JsonNode text, int least, int most) {
        int length = text.asString("").length();
        check(length >= least && length <= most, what + " must have " + least + " to " + most + " characters");
    }

    private void check(boolean good, String problem) {
        if (!good) {
            problems.add(problem);
        }
    }
}
