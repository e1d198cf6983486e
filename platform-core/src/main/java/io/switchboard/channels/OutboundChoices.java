package io.switchboard.channels;

import java.util.List;

/**
 * A text to a customer with short answers under it, of which the customer may send one instead of typing.
 *
 * @param message whose text does not name them
 * @param choices in order, each once
 * @param opener what a button says that opens them as a list, at most {@value #MAX_OPENER_LENGTH} characters
 */
public record OutboundChoices(OutboundText message, List<String> choices, String opener) {

    /** Of the button of a <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages">list</a>. */
    public static final int MAX_OPENER_LENGTH = 20;

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
