package io.switchboard.channels;

import java.util.List;

/**
 * A text to a customer with short answers under it, of which the customer may send one instead of typing.
 *
 * @param message whose text does not name them
 * @param choices in order, each once
 */
public record OutboundChoices(OutboundText message, List<String> choices) {

    public OutboundChoices {
        choices = List.copyOf(choices);
    }

    /** For a messenger without buttons: the customer answers with the number. */
    public OutboundText numbered() {
        StringBuilder text = new StringBuilder(message.text()).append("\n");
        for (int i = 0; i < choices.size(); i++) {
            text.append("\n").append(i + 1).append(". ").append(choices.get(i));
        }
        return new OutboundText(
                message.reply(), message.callbackData(), message.to(), text.toString(), message.quotes());
    }
}
