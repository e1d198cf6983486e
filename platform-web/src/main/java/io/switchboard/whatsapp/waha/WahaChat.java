package io.switchboard.whatsapp.waha;

import io.switchboard.channels.CustomerAlias;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A chat with one person. Groups, channels, stories and lists have ids of other forms and are none.
 *
 * @param id exactly as received; where the reply goes
 */
record WahaChat(String id, CustomerAlias alias) {

    /** A person by phone, in two spellings, or by hidden id; a device may stand behind a colon. */
    private static final Pattern PERSON =
            Pattern.compile("([0-9A-Za-z.+-]{1,100})(?::\\d{1,9})?@(c\\.us|s\\.whatsapp\\.net|lid)");

    static Optional<WahaChat> of(@Nullable String id) {
        Matcher person = PERSON.matcher(id == null ? "" : id);
        if (!person.matches()) {
            return Optional.empty();
        }
        String user = person.group(1);
        return Optional.of(new WahaChat(
                person.group(), person.group(2).equals("lid") ? CustomerAlias.lid(user) : CustomerAlias.phone(user)));
    }
}
