package io.switchboard.knowledge;

import io.switchboard.kernel.Sha256;
import java.util.List;

/**
 * A passage as the splitter made it. NUL characters, which PostgreSQL does not store, are left out.
 *
 * @param headingPath title and headings above the passage, outermost first
 * @param tokens length of the text in the embedder's tokens
 */
public record NewChunk(List<String> headingPath, String text, int tokens) {

    public NewChunk {
        headingPath = headingPath.stream().map(Texts::withoutNul).toList();
        text = Texts.withoutNul(text);
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank chunk");
        }
    }

    /** What is embedded and analysed: the heading path, a line break, the text. */
    public String embeddedText() {
        return headingPath.isEmpty() ? text : String.join(" > ", headingPath) + "\n" + text;
    }

    /** SHA-256 of {@link #embeddedText}, hex; the name under which its vector is kept. */
    public String textHash() {
        return Sha256.hex(embeddedText());
    }
}
