package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.DocumentReader.FormatReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.tika.exception.TikaException;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;

/** Markdown, with tables as GitHub writes them and front matter as static sites have it. */
final class MarkdownReader implements FormatReader {

    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A\\uFEFF?---[ \\t]*\\R(.*?)\\R(?:---|\\.\\.\\.)[ \\t]*(?:\\R|\\z)", Pattern.DOTALL);
    private static final Pattern TITLE_LINE = Pattern.compile("(?m)^title:[ \\t]*[\"']?(.*?)[\"']?[ \\t]*$");

    private final Parser parser =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    @Override
    public String read(Path file, BlockSink sink) throws IOException, TikaException {
        String text = TextFiles.read(file);
        String title = "";
        Matcher front = FRONT_MATTER.matcher(text);
        if (front.find()) {
            Matcher line = TITLE_LINE.matcher(front.group(1));
            title = line.find() ? line.group(1) : "";
            text = text.substring(front.end());
        }
        parser.parse(text).accept(new Blocks(sink));
        return title;
    }

    private static final class Blocks extends AbstractVisitor {

        private final BlockSink sink;

        Blocks(BlockSink sink) {
            this.sink = sink;
        }

        @Override
        public void visit(Heading heading) {
            sink.heading(heading.getLevel(), text(heading));
        }

        @Override
        public void visit(Paragraph paragraph) {
            sink.paragraph(text(paragraph));
        }

        /** The item's own paragraphs are one item; what is nested in it follows. */
        @Override
        public void visit(ListItem item) {
            StringBuilder own = new StringBuilder();
            List<Node> nested = new ArrayList<>();
            for (Node child = item.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof Paragraph) {
                    own.append(text(child)).append('\n');
                } else {
                    nested.add(child);
                }
            }
            sink.listItem(own.toString());
            nested.forEach(child -> child.accept(this));
        }

        @Override
        public void visit(BlockQuote quote) {
            visitChildren(quote);
        }

        @Override
        public void visit(FencedCodeBlock code) {
            sink.paragraph(code.getLiteral());
        }

        @Override
        public void visit(IndentedCodeBlock code) {
            sink.paragraph(code.getLiteral());
        }

        @Override
        public void visit(HtmlBlock html) {
            sink.paragraph(Jsoup.parseBodyFragment(html.getLiteral()).text());
        }

        @Override
        public void visit(CustomBlock block) {
            if (block instanceof TableBlock) {
                rows(block);
            }
        }

        private void rows(Node parent) {
            for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof TableRow) {
                    sink.tableRow(cells(child));
                } else {
                    rows(child);
                }
            }
        }

        private static List<String> cells(Node row) {
            List<String> cells = new ArrayList<>();
            for (Node child = row.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof TableCell) {
                    cells.add(text(child));
                }
            }
            return cells;
        }

        private static String text(Node node) {
            Words words = new Words();
            node.accept(words);
            return words.text.toString();
        }
    }

    /** Inline text without its markup; of an image its description, of a link its words. */
    private static final class Words extends AbstractVisitor {

        private final StringBuilder text = new StringBuilder();

        @Override
        public void visit(Text literal) {
            text.append(literal.getLiteral());
        }

        @Override
        public void visit(Code code) {
            text.append(code.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak lineBreak) {
            text.append(' ');
        }

        @Override
        public void visit(HardLineBreak lineBreak) {
            text.append('\n');
        }
    }
}
