package io.switchboard.knowledge;

import java.util.List;

/**
 * A passage as the splitter made it.
 *
 * @param headingPath title and headings above the passage, outermost first
 * @param tokens length of the text in the embedder's tokens
 */
public record NewChunk(List<String> headingPath, String text, int tokens) {

    public NewChunk {
        headingPath = List.copyOf(headingPath);
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank chunk");
        }
    }

    /** What is embedded and analysed: the heading path, a line break, the text. */
    public String embeddedText() {
        return headingPath.isEmpty() ? text : String.join(" > ", headingPath) + "\n" + text;
    }
}
