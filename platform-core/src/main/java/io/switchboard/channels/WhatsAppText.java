package io.switchboard.channels;

import java.util.List;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Markdown as WhatsApp shows it: {@code *bold* _italic_ ~strike~ ```mono```}, no headings, no tables, no links behind words. See <a
 * href="https://faq.whatsapp.com/539178204879377">how to format your messages</a>.
 */
public final class WhatsAppText {

    /** Indented code and HTML blocks are left out: in answers they are indented or quoted text, hardly ever code. */
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create(), StrikethroughExtension.create()))
            .enabledBlockTypes(Set.of(
                    Heading.class, FencedCodeBlock.class, BlockQuote.class, ThematicBreak.class, ListBlock.class))
            .build();

    private static final String MONO = "```";
    private static final String ELLIPSIS = "…";

    private WhatsAppText() {}

    /**
     * Formats Markdown and cuts it at a paragraph, line or word where it is longer than one message may be.
     *
     * @param limit characters at most
     */
    public static String format(String markdown, int limit) {
        String text = new WhatsAppRenderer().render(PARSER.parse(markdown)).strip();
        return cut(text.isEmpty() ? markdown.strip() : text, limit);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        String head = text.substring(0, limit - ELLIPSIS.length() - MONO.length() - 2);
        head = head.substring(0, end(head)).stripTrailing();
        boolean open = (head.length() - head.replace(MONO, "").length()) / MONO.length() % 2 == 1;
        return head + (open ? MONO : "") + (head.endsWith(".") ? "\n\n" : " ") + ELLIPSIS;
    }

    /** Where to end: the last paragraph of the second half, else the last line, else the last word, else where it is. */
    private static int end(String head) {
        for (String boundary : List.of("\n\n", "\n", " ")) {
            int at = head.lastIndexOf(boundary);
            if (at >= head.length() / 2) {
                return at;
            }
        }
        return Character.isHighSurrogate(head.charAt(head.length() - 1)) ? head.length() - 1 : head.length();
    }
}
