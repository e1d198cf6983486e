package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.DocumentReader.FormatReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Web pages: what a visitor reads, without scripts, navigation and forms. */
final class HtmlReader implements FormatReader {

    private static final String NEVER_TEXT =
            "script, style, noscript, template, svg, iframe, object, head > *:not(title)";
    private static final String AROUND_TEXT =
            "nav, aside, form, button, select, dialog, [role=navigation], [aria-hidden=true], [hidden], body > footer";

    /** What no visitor sees, but a model would read: the usual place for instructions to it. */
    private static final Pattern UNSEEN = Pattern.compile(
            "(?:^|;)\\s*(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse)"
                    + "|(?:opacity|font-size)\\s*:\\s*0*\\.?0+(?:[a-z%]+)?\\s*(?:!|;|$))",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> TRANSPARENT = Set.of("table", "thead", "tbody", "tfoot", "ul", "ol", "dl");

    @Override
    public String read(Path file, BlockSink sink) throws IOException {
        Document page = Jsoup.parse(file, null);
        page.select(NEVER_TEXT).remove();
        page.select("[style]").stream()
                .filter(element -> UNSEEN.matcher(element.attr("style")).find())
                .forEach(Element::remove);
        String title = BlockSink.clean(page.title()).replace('\n', ' ');
        Document whole = page.clone();
        page.select(AROUND_TEXT).remove();
        Element body = page.body().hasText() ? page.body() : whole.body();
        Element main = body.selectFirst("main, [role=main]");
        new Walk(sink).walk(main != null && main.hasText() ? main : body);
        return title;
    }

    /** Goes through the page in order, collecting inline text until a block ends. */
    private static final class Walk {

        private final BlockSink sink;
        private final StringBuilder inline = new StringBuilder();

        Walk(BlockSink sink) {
            this.sink = sink;
        }

        void walk(Element root) {
            children(root);
            flush();
        }

        private void children(Element parent) {
            for (Node node : parent.childNodes()) {
                if (node instanceof TextNode text) {
                    inline.append(text.getWholeText().replaceAll("\\s+", " "));
                } else if (node instanceof Element element) {
                    element(element);
                }
            }
        }

        private void element(Element element) {
            String name = element.normalName();
            switch (name) {
                case "h1", "h2", "h3", "h4", "h5", "h6" -> {
                    flush();
                    sink.heading(name.charAt(1) - '0', element.text());
                }
                case "tr" -> {
                    flush();
                    sink.tableRow(cells(element));
                }
                case "li", "dd" -> {
                    flush();
                    listItem(element);
                }
                case "pre" -> {
                    flush();
                    sink.paragraph(element.wholeText());
                }
                case "br" -> inline.append('\n');
                case "img" -> inline.append(element.attr("alt")).append(' ');
                default -> {
                    if (element.isBlock() || TRANSPARENT.contains(name)) {
                        flush();
                        children(element);
                        flush();
                        return;
                    }
                    children(element);
                }
            }
        }

        private static List<String> cells(Element row) {
            return row.children().stream().map(Element::text).toList();
        }

        /** Text of the item first, then the lists inside it. */
        private void listItem(Element item) {
            Element own = item.clone();
            own.select("ul, ol, dl, table").remove();
            sink.listItem(own.text());
            for (Element inner : item.select("> ul, > ol, > dl, > table, > * > ul, > * > ol, > * > table")) {
                children(inner);
                flush();
            }
        }

        private void flush() {
            String text = inline.toString();
            inline.setLength(0);
            sink.paragraph(text);
        }
    }
}
