package io.switchboard.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A handbook of the demo museum as its Markdown source says: headings, paragraphs and tables in their order. */
record Handbook(List<Block> blocks) {

    sealed interface Block {}

    record Title(int level, String text) implements Block {}

    record Prose(String text) implements Block {}

    /** @param rows the first one is the head */
    record Grid(List<List<String>> rows) implements Block {}

    static Handbook read(Path source) throws IOException {
        Parser parser =
                Parser.builder().extensions(List.of(TablesExtension.create())).build();
        Blocks blocks = new Blocks();
        parser.parse(Files.readString(source)).accept(blocks);
        return new Handbook(List.copyOf(blocks.found));
    }

    private static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text piece) {
                text.append(piece.getLiteral());
            }
        });
        return text.toString();
    }

    private static final class Blocks extends AbstractVisitor {

        private final List<Block> found = new ArrayList<>();
        private final List<List<String>> rows = new ArrayList<>();

        @Override
        public void visit(Heading heading) {
            found.add(new Title(heading.getLevel(), text(heading)));
        }

        @Override
        public void visit(Paragraph paragraph) {
            found.add(new Prose(text(paragraph)));
        }

        @Override
        public void visit(CustomBlock block) {
            visitChildren(block);
            if (block instanceof TableBlock) {
                found.add(new Grid(List.copyOf(rows)));
                rows.clear();
            }
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableRow) {
                rows.add(new ArrayList<>());
            }
            if (node instanceof TableCell) {
                rows.getLast().add(text(node));
            }
            visitChildren(node);
        }
    }
}
