package io.switchboard.knowledge;

import java.util.List;
import org.springframework.stereotype.Component;

/** Text that a person writes into a passage, measured as the embedding model reads it. */
@Component
class PassageText {

    private static final int MAX_CHARACTERS = 20_000;

    private final TextMeasure measure;

    PassageText(TextMeasure measure) {
        this.measure = measure;
    }

    sealed interface Checked permits Fit, Unfit {}

    record Fit(String text, int tokens) implements Checked {}

    /** @param reason for people, a whole sentence */
    record Unfit(String reason) implements Checked {}

    /** An answer to a frequent question is given as a whole and may be long; of everything else the model must read the end too. */
    Checked check(List<String> headings, String typed, DocumentKind kind) {
        String text = Texts.withoutNul(typed).replace("\r\n", "\n").strip();
        if (text.isEmpty()) {
            return new Unfit("A passage needs text; switch it off if answers shall not use it.");
        }
        if (text.length() > MAX_CHARACTERS) {
            return new Unfit("A passage has " + MAX_CHARACTERS + " characters at most; make two of it.");
        }
        int read = measure.tokens(new NewChunk(headings, text, 0).embeddedText());
        if (kind != DocumentKind.FAQ && read > measure.maxTokens()) {
            return new Unfit("With its headings the passage has " + read + " tokens, and the embedding model reads "
                    + measure.maxTokens() + "; make two of it.");
        }
        return new Fit(text, tokens(text));
    }

    int tokens(String text) {
        return measure.tokens(text);
    }
}
