package io.switchboard.ingestion.parsing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Makes blocks of the XHTML events in which Tika tells a document. */
final class XhtmlBlocks extends DefaultHandler {

    private final BlockSink sink;
    private final StringBuilder text = new StringBuilder();
    private final List<String> cells = new ArrayList<>();
    private boolean inBody;
    private int tables;
    private int items;

    XhtmlBlocks(BlockSink sink) {
        this.sink = sink;
    }

    @Override
    public void startElement(@Nullable String uri, String name, @Nullable String qualified, Attributes attributes) {
        switch (name) {
            case "body" -> inBody = true;
            case "table" -> {
                flush();
                tables++;
            }
            case "td", "th", "tr", "ul", "ol" -> flush();
            case "li" -> {
                flush();
                items++;
            }
            case "br" -> text.append('\n');
            case "p", "div", "h1", "h2", "h3", "h4", "h5", "h6" -> flush();
            default -> {}
        }
    }

    @Override
    public void endElement(@Nullable String uri, String name, @Nullable String qualified) {
        switch (name) {
            case "body" -> flush();
            case "h1", "h2", "h3", "h4", "h5", "h6" -> heading(name.charAt(1) - '0');
            case "td", "th" -> endCell();
            case "tr" -> endRow();
            case "table" -> {
                endRow();
                tables = Math.max(0, tables - 1);
            }
            case "li" -> {
                flush();
                items = Math.max(0, items - 1);
            }
            case "p", "div", "ul", "ol" -> flush();
            default -> {}
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        if (inBody) {
            text.append(characters, start, length);
        }
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) {
        characters(characters, start, length);
    }

    private void heading(int level) {
        if (tables > 0) {
            text.append(' ');
            return;
        }
        sink.heading(level, taken());
    }

    /** Inside a table everything belongs to a cell; the cells of a table within a cell become text of it. */
    private void endCell() {
        if (tables == 1) {
            cells.add(taken());
        }
    }

    private void endRow() {
        if (tables == 1) {
            sink.tableRow(cells);
            cells.clear();
        }
    }

    private void flush() {
        if (tables > 0) {
            text.append(' ');
            return;
        }
        String taken = taken();
        if (items > 0) {
            sink.listItem(taken);
            return;
        }
        sink.paragraph(taken);
    }

    private String taken() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }
}
