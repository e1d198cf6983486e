package io.switchboard.channels;

import java.util.Locale;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;

/** Writes a Markdown tree in WhatsApp's formatting. One instance per node whose text is wanted. */
final class WhatsAppRenderer extends AbstractVisitor {

    private final StringBuilder out = new StringBuilder();
    /** Marks of the formats around; WhatsApp knows no format inside the same one, and none across lines. */
    private final String marks;

    WhatsAppRenderer() {
        this("");
    }

    private WhatsAppRenderer(String marks) {
        this.marks = marks;
    }

    String render(Node node) {
        node.accept(this);
        return out.toString();
    }

    private static String children(Node parent, String marks) {
        WhatsAppRenderer renderer = new WhatsAppRenderer(marks);
        renderer.visitChildren(parent);
        return renderer.out.toString();
    }

    @Override
    public void visit(Paragraph paragraph) {
        block(children(paragraph, marks));
    }

    @Override
    public void visit(Heading heading) {
        block(wrapped("*", heading));
    }

    @Override
    public void visit(BlockQuote quote) {
        block("> " + children(quote, marks).strip().replace("\n", "\n> "));
    }

    @Override
    public void visit(FencedCodeBlock code) {
        block("```" + code.getLiteral().stripTrailing() + "```");
    }

    @Override
    public void visit(ThematicBreak rule) {
        block("———");
    }

    @Override
    public void visit(BulletList list) {
        list(list, -1);
    }

    @Override
    public void visit(OrderedList list) {
        Integer start = list.getMarkerStartNumber();
        list(list, start == null ? 1 : start);
    }

    private void list(ListBlock list, int start) {
        StringBuilder lines = new StringBuilder();
        int number = start;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            String marker = start < 0 ? "- " : number++ + ". ";
            lines.append(lines.isEmpty() ? "" : "\n").append(marker).append(item(item));
        }
        block(lines.toString());
    }

    /** A list inside an item follows on the next line, indented. */
    private String item(Node item) {
        return children(item, marks).strip().replace("\n\n", "\n").replace("\n", "\n  ");
    }

    @Override
    public void visit(ListItem item) {
        visitChildren(item);
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            StringBuilder rows = new StringBuilder();
            for (Node part = block.getFirstChild(); part != null; part = part.getNext()) {
                for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                    rows.append(rows.isEmpty() ? "" : "\n").append(row(row, part instanceof TableHead));
                }
            }
            block(rows.toString());
        } else {
            visitChildren(block);
        }
    }

    private String row(Node row, boolean head) {
        StringBuilder cells = new StringBuilder();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            String text = head ? wrapped("*", cell) : children(cell, marks);
            cells.append(cells.isEmpty() ? "" : " | ").append(text.strip());
        }
        return cells.toString();
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof Strikethrough) {
            out.append(wrapped("~", node));
        } else {
            visitChildren(node);
        }
    }

    @Override
    public void visit(StrongEmphasis strong) {
        out.append(wrapped("*", strong));
    }

    @Override
    public void visit(Emphasis emphasis) {
        out.append(wrapped("_", emphasis));
    }

    @Override
    public void visit(Code code) {
        out.append("```").append(code.getLiteral()).append("```");
    }

    @Override
    public void visit(Link link) {
        reference(children(link, marks), link.getDestination());
    }

    @Override
    public void visit(Image image) {
        reference(children(image, marks), image.getDestination());
    }

    private void reference(String text, String destination) {
        String address = destination.startsWith("mailto:") ? destination.substring("mailto:".length()) : destination;
        if (text.isBlank() || text.equals(address)) {
            out.append(address);
        } else if (address.isBlank()) {
            out.append(text);
        } else {
            out.append(text).append(" (").append(address).append(')');
        }
    }

    @Override
    public void visit(HtmlInline html) {
        if (html.getLiteral().toLowerCase(Locale.ROOT).startsWith("<br")) {
            lineBreak();
        }
    }

    @Override
    public void visit(Text text) {
        out.append(text.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        lineBreak();
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        lineBreak();
    }

    private void lineBreak() {
        out.append(marks.isEmpty() ? '\n' : ' ');
    }

    private String wrapped(String mark, Node node) {
        if (marks.contains(mark)) {
            return children(node, marks);
        }
        String text = children(node, marks + mark).strip();
        return text.isEmpty() ? "" : mark + text + mark;
    }

    private void block(String text) {
        if (!text.isBlank()) {
            out.append(out.isEmpty() ? "" : "\n\n").append(text);
        }
    }
}
