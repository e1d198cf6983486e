package io.switchboard.conversations;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a customer read with numbers before it, and may answer with such a number. */
record NumberedChoices(List<String> texts) {

    static final NumberedChoices NONE = new NumberedChoices(List.of());

    private static final Pattern NUMBER = Pattern.compile("\\s*(10|[1-9])[.)]?\\s*");

    NumberedChoices {
        texts = List.copyOf(texts);
    }

    /** The choice, if the message is nothing but its number; else the message. */
    String meant(String message) {
        Matcher number = NUMBER.matcher(message);
        if (!number.matches()) {
            return message;
        }
        int chosen = Integer.parseInt(number.group(1));
        return chosen > texts.size() ? message : texts.get(chosen - 1);
    }
}
