package io.switchboard.ingestion.parsing;

import static io.switchboard.ingestion.TestFiles.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.switchboard.ingestion.TestFiles;
import io.switchboard.ingestion.parsing.Block.Kind;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.unit.DataSize;

/**
 * Every file is read by a real process.
 *
 * <p>Checklist: ASVS 5.2.1 to 5.2.3 and 1.5.1, files that are made to hurt.
 */
class DocumentParserTest {

    private static final DocumentParser PARSER = new DocumentParser(settings(Duration.ofSeconds(60)));

    @AfterAll
    static void endProcesses() {
        PARSER.close();
    }

    @Test
    void reads_headings_and_paragraphs_of_a_pdf() {
        ParsedDocument document = parsed(
                "handbook.pdf",
                TestFiles.pdf(
                        "# Visitor handbook",
                        "This handbook is for everybody who",
                        "visits the museum by the harbour and",
                        "wants to know their way around.",
                        "## Opening hours",
                        "We open at nine and close at five on",
                        "every day except Monday.",
                        "## Tickets",
                        "A ticket is twelve euros."));

        assertThat(document.mediaType()).isEqualTo("application/pdf");
        assertThat(document.blocks())
                .extracting(Block::kind, Block::level, Block::text)
                .containsExactly(
                        tuple(Kind.HEADING, 1, "Visitor handbook"),
                        tuple(
                                Kind.PARAGRAPH,
                                0,
                                "This handbook is for everybody who visits the museum by the harbour and wants to know"
                                        + " their way around."),
                        tuple(Kind.HEADING, 2, "Opening hours"),
                        tuple(Kind.PARAGRAPH, 0, "We open at nine and close at five on every day except Monday."),
                        tuple(Kind.HEADING, 2, "Tickets"),
                        tuple(Kind.PARAGRAPH, 0, "A ticket is twelve euros."));
    }

    @Test
    void reads_lines_in_columns_of_a_pdf_as_a_table() {
        ParsedDocument document = parsed(
                "hours.pdf",
                TestFiles.pdf(
                        "These are the hours of the whole museum.",
                        "",
                        "Day | Summer | Winter",
                        "Monday | closed | closed",
                        "Tuesday | ten to six | ten to five",
                        "",
                        "The ships close in strong wind."));

        assertThat(document.blocks())
                .extracting(Block::kind, Block::text)
                .containsExactly(
                        tuple(Kind.PARAGRAPH, "These are the hours of the whole museum."),
                        tuple(Kind.TABLE_ROW, "Day | Summer | Winter"),
                        tuple(Kind.TABLE_ROW, "Monday | closed | closed"),
                        tuple(Kind.TABLE_ROW, "Tuesday | ten to six | ten to five"),
                        tuple(Kind.PARAGRAPH, "The ships close in strong wind."));
    }

    @Test
    void leaves_running_titles_and_page_numbers_of_a_pdf_out() {
        List<List<String>> pages = Stream.of("first", "second", "third", "fourth")
                .map(word -> List.of(
                        "Harbour Museum",
                        "",
                        "The " + word + " page begins here and has some words.",
                        "It goes on about the " + word + " matter for a line.",
                        "And it comes to the end of the " + word + " page.",
                        "",
                        "Page " + word.length()))
                .toList();

        ParsedDocument document = parsed("pages.pdf", TestFiles.pdf(pages));

        String text = text(document);
        assertThat(text).doesNotContain("Harbour Museum").doesNotContain("Page ");
        assertThat(text).contains("The first page begins").contains("the end of the fourth page");
    }

    @Test
    void reads_headings_and_tables_of_a_word_document() {
        ParsedDocument document = parsed(
                "handbook.docx",
                TestFiles.docx(
                        "# Groups",
                        "Groups of ten pay less.",
                        "## Prices",
                        "| Adults | 9 euros",
                        "Children come in free."));

        assertThat(document.mediaType()).contains("wordprocessingml");
        assertThat(document.blocks())
                .extracting(Block::kind, Block::level, Block::text)
                .containsExactly(
                        tuple(Kind.HEADING, 1, "Groups"),
                        tuple(Kind.PARAGRAPH, 0, "Groups of ten pay less."),
                        tuple(Kind.HEADING, 2, "Prices"),
                        tuple(Kind.TABLE_ROW, 0, "Adults | 9 euros"),
                        tuple(Kind.PARAGRAPH, 0, "Children come in free."));
    }

    @Test
    void reads_what_a_visitor_of_a_web_page_reads() {
        ParsedDocument document = parsed("page.html", utf8("""
                <!doctype html><html><head><title>Our &amp; collection</title><style>p{color:red}</style></head>
                <body><nav><a href="/">Home</a></nav>
                <h1>Collection</h1><p>Ships and <b>sails</b>,<br>mostly.</p>
                <script>alert('stolen')</script>
                <ul><li>A brig <ul><li>its anchor</li></ul></li><li>A sloop</li></ul>
                <table><tr><th>Ship</th><th>Year</th></tr><tr><td>Brig</td><td>1820</td></tr></table>
                <div>Loose words</div><footer>Imprint</footer></body></html>
                """));

        assertThat(document.title()).isEqualTo("Our & collection");
        assertThat(document.blocks())
                .extracting(Block::kind, Block::text)
                .containsExactly(
                        tuple(Kind.HEADING, "Collection"),
                        tuple(Kind.PARAGRAPH, "Ships and sails,\nmostly."),
                        tuple(Kind.LIST_ITEM, "A brig"),
                        tuple(Kind.LIST_ITEM, "its anchor"),
                        tuple(Kind.LIST_ITEM, "A sloop"),
                        tuple(Kind.TABLE_ROW, "Ship | Year"),
                        tuple(Kind.TABLE_ROW, "Brig | 1820"),
                        tuple(Kind.PARAGRAPH, "Loose words"));
    }

    @Test
    void reads_xhtml_without_its_scripts() {
        ParsedDocument document = parsed("page.xhtml", utf8("""
                <?xml version="1.0" encoding="UTF-8"?>
                <html xmlns="http://www.w3.org/1999/xhtml"><head><title>Hours</title>
                <script type="text/javascript">//<![CDATA[
                document.write("stolen");
                //]]></script></head>
                <body><h2>Hours</h2><p>Nine to five.</p></body></html>
                """));

        assertThat(text(document)).isEqualTo("Hours\nNine to five.");
    }

    @Test
    void reads_markdown_with_front_matter_lists_and_tables() {
        ParsedDocument document = parsed("guide.md", utf8("""
                ---
                title: "The guide"
                ---
                # Guide

                Some *words* with a [link](https://example.org)
                over two lines.

                - one
                - two
                  - nested

                | Plan | Price |
                |------|-------|
                | Free | 0     |

                ```
                run --fast
                ```
                """));

        assertThat(document.title()).isEqualTo("The guide");
        assertThat(document.mediaType()).isEqualTo("text/markdown");
        assertThat(document.blocks())
                .extracting(Block::kind, Block::text)
                .containsExactly(
                        tuple(Kind.HEADING, "Guide"),
                        tuple(Kind.PARAGRAPH, "Some words with a link over two lines."),
                        tuple(Kind.LIST_ITEM, "one"),
                        tuple(Kind.LIST_ITEM, "two"),
                        tuple(Kind.LIST_ITEM, "nested"),
                        tuple(Kind.TABLE_ROW, "Plan | Price"),
                        tuple(Kind.TABLE_ROW, "Free | 0"),
                        tuple(Kind.PARAGRAPH, "run --fast"));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void reads_plain_text_in_the_encoding_it_is_in(Charset encoding) {
        String text =
                "Die Straße zum Café ist für Fußgänger.\r\n\r\nÄpfel, Öl und Übermut gibt es überall; schöne Grüße!";

        ParsedDocument document = parsed("notes.txt", text.getBytes(encoding));

        assertThat(document.blocks())
                .extracting(Block::text)
                .containsExactly(
                        "Die Straße zum Café ist für Fußgänger.",
                        "Äpfel, Öl und Übermut gibt es überall; schöne Grüße!");
    }

    static Stream<Charset> encodings() {
        return Stream.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16);
    }

    @Test
    void reads_text_with_nul_and_control_characters() {
        ParsedDocument document = parsed("notes.md", utf8("A\u0001 word\u00ad."));

        assertThat(text(document)).isEqualTo("A word.");
    }

    @Test
    void reads_rows_of_a_table() {
        assertThat(parsed("prices.csv", utf8("Plan;Price\n\"Small; cheap\";3\n"))
                        .blocks())
                .extracting(Block::kind, Block::text)
                .containsExactly(tuple(Kind.TABLE_ROW, "Plan | Price"), tuple(Kind.TABLE_ROW, "Small; cheap | 3"));
        assertThat(parsed(
                                "prices.xlsx",
                                TestFiles.xlsx("Prices", List.of(List.of("Plan", "Price"), List.of("Small", "3"))))
                        .blocks())
                .extracting(Block::kind, Block::text)
                .contains(
                        tuple(Kind.HEADING, "Prices"),
                        tuple(Kind.TABLE_ROW, "Plan | Price"),
                        tuple(Kind.TABLE_ROW, "Small | 3"));
    }

    @Test
    void reads_slides_mails_books_and_rich_text() {
        assertThat(text(parsed("talk.pptx", TestFiles.pptx("The brig sails", "The end"))))
                .contains("The brig sails");
        assertThat(text(parsed("mail.eml", utf8("""
                From: Ann <ann@example.org>
                To: Bob <bob@example.org>
                Subject: Harbour
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                The gate is open.
                """)))).contains("The gate is open.");
        assertThat(text(parsed("note.rtf", utf8("{\\rtf1\\ansi\\pard The {\\b gate} is open.\\par}"))))
                .isEqualTo("The gate is open.");
        assertThat(text(parsed("book.epub", epub()))).contains("Call me a sailor.");
    }

    private static byte[] epub() {
        return TestFiles.zip(
                "mimetype",
                "application/epub+zip",
                "META-INF/container.xml",
                """
                <?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
                <rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
                """,
                "content.opf",
                """
                <?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>
                <manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
                <spine><itemref idref="one"/></spine></package>
                """,
                "one.xhtml",
                """
                <?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head>
                <body><h1>Loomings</h1><p>Call me a sailor.</p></body></html>
                """);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void says_why_a_file_cannot_be_read(String name, byte[] bytes, Problem problem) {
        ParseResult result = parse(PARSER, name, bytes);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ParseResult.Unreadable.class,
                        unreadable -> assertThat(unreadable.problem())
                                .as(unreadable.detail())
                                .isEqualTo(problem));
    }

    static Stream<Arguments> unreadable() {
        byte[] docx = TestFiles.docx("# Title", "Some text that is long enough to be cut off in the middle.");
        byte[] pdf = TestFiles.pdf("# Title", "Some text that is long enough to be cut off in the middle.");
        return Stream.of(
                Arguments.of("empty.pdf", new byte[0], Problem.EMPTY),
                Arguments.of("blank.txt", utf8(" \n\n \t"), Problem.NO_TEXT),
                Arguments.of("scan.pdf", TestFiles.pdfWithoutText(), Problem.NO_TEXT),
                Arguments.of("secret.pdf", TestFiles.encryptedPdf(), Problem.ENCRYPTED),
                Arguments.of("secret.docx", TestFiles.encryptedDocx(), Problem.ENCRYPTED),
                Arguments.of("half.pdf", TestFiles.truncated(pdf), Problem.BROKEN),
                Arguments.of("half.docx", TestFiles.truncated(docx), Problem.BROKEN),
                Arguments.of("noise.pdf", new byte[] {1, 2, 3, 4, 5, -1, -2, 0, 0, 7}, Problem.BROKEN),
                Arguments.of("zip.docx", TestFiles.zip("a.txt", "hello"), Problem.BROKEN),
                Arguments.of("archive.zip", TestFiles.zip("a.txt", "hello"), Problem.UNSUPPORTED),
                Arguments.of("program.exe", utf8("MZ\u0090\0\u0003\0\0\0\u0004\0\0\0"), Problem.UNSUPPORTED),
                Arguments.of("drawing.svg", utf8("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), Problem.UNSUPPORTED),
                Arguments.of("long.txt", utf8("word ".repeat(30_000)), Problem.TOO_LARGE));
    }

    @Test
    void refuses_a_word_document_that_unpacks_without_end() {
        byte[] bomb = TestFiles.zip(
                "[Content_Types].xml",
                """
                <?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Override PartName="/word/document.xml"
                 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
                """,
                "_rels/.rels",
                """
                <?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                <Relationship Id="r1" Target="word/document.xml"
                 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>
                """,
                "word/document.xml",
                "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">"
                        + "<w:body>" + "<w:p><w:r><w:t>aaaaaaaaaaaaaaaa</w:t></w:r></w:p>".repeat(500_000)
                        + "</w:body></w:document>");
        assertThat(bomb.length).isLessThan(1_000_000);

        assertThat(parse(PARSER, "bomb.docx", bomb))
                .isInstanceOfSatisfying(
                        ParseResult.Unreadable.class,
                        unreadable -> assertThat(unreadable.problem())
                                .as(unreadable.detail())
                                .isEqualTo(Problem.TOO_LARGE));
    }

    @Test
    void does_not_resolve_external_entities() {
        ParseResult result = parse(PARSER, "page.xhtml", utf8("""
                <?xml version="1.0"?><!DOCTYPE html [<!ENTITY leak SYSTEM "file:///etc/hostname">]>
                <html xmlns="http://www.w3.org/1999/xhtml"><body><p>before &leak; after</p></body></html>
                """));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ParseResult.Parsed.class,
                        parsed -> assertThat(text(parsed.document())).contains("before &leak; after"));
    }

    @Test
    void kills_a_process_that_takes_too_long_and_reads_the_next_file() {
        try (DocumentParser parser =
                new DocumentParser(settings(Duration.ofSeconds(4)), MisbehavingParser.class.getName())) {
            ParseResult slow = parse(parser, "hang.txt", utf8("any"));
            ParseResult next = parse(parser, "fine.txt", utf8("fine text"));

            assertThat(slow)
                    .isInstanceOfSatisfying(
                            ParseResult.Unreadable.class,
                            unreadable -> assertThat(unreadable.problem()).isEqualTo(Problem.TOO_SLOW));
            assertThat(next).isInstanceOf(ParseResult.Parsed.class);
        }
    }

    @Test
    void kills_a_process_whose_file_nobody_wants_any_more() {
        byte[] bytes = {1};
        AtomicBoolean wanted = new AtomicBoolean(true);
        try (DocumentParser misbehaving =
                new DocumentParser(settings(Duration.ofSeconds(60)), MisbehavingParser.class.getName())) {
            ContentSource source = new ContentSource() {
                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(bytes);
                }

                @Override
                public boolean isWanted() {
                    return wanted.getAndSet(false);
                }
            };

            assertThat(misbehaving.parse("hang.txt", "text/plain", 1, "en", source))
                    .isInstanceOf(ParseResult.Abandoned.class);
            assertThat(misbehaving.idleProcesses()).isZero();
        }
    }

    @Test
    void survives_a_file_that_eats_the_memory_or_the_process() {
        try (DocumentParser parser =
                new DocumentParser(settings(Duration.ofSeconds(30)), MisbehavingParser.class.getName())) {
            assertThat(problem(parse(parser, "eat.txt", utf8("any")))).isEqualTo(Problem.TOO_LARGE);
            assertThat(problem(parse(parser, "die.txt", utf8("any")))).isEqualTo(Problem.BROKEN);
            assertThat(problem(parse(parser, "babble.txt", utf8("any")))).isEqualTo(Problem.BROKEN);
            assertThat(parse(parser, "fine.txt", utf8("fine text"))).isInstanceOf(ParseResult.Parsed.class);
        }
    }

    @Test
    void hides_our_environment_from_the_process() {
        assertThat(System.getenv()).isNotEmpty();
        try (DocumentParser parser =
                new DocumentParser(settings(Duration.ofSeconds(30)), MisbehavingParser.class.getName())) {
            ParseResult result = parse(parser, "environment.txt", utf8("any"));

            assertThat(result)
                    .isInstanceOfSatisfying(
                            ParseResult.Parsed.class,
                            parsed -> assertThat(text(parsed.document())).isEqualTo("0 variables"));
        }
    }

    @Test
    void keeps_a_process_for_the_next_file_and_ends_it_when_none_comes() {
        ParserSettings settings = new ParserSettings(
                Duration.ofSeconds(30),
                DataSize.ofMegabytes(128),
                100_000,
                Duration.ofSeconds(2),
                Duration.ofMinutes(2),
                "tesseract");
        try (DocumentParser parser = new DocumentParser(settings)) {
            parse(parser, "one.txt", utf8("one"));
            assertThat(parser.idleProcesses()).isEqualTo(1);
            parse(parser, "two.txt", utf8("two"));
            assertThat(parser.idleProcesses()).isEqualTo(1);

            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> parser.idleProcesses() == 0);
        }
    }

    private static ParserSettings settings(Duration deadline) {
        return new ParserSettings(
                deadline,
                DataSize.ofMegabytes(128),
                100_000,
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                "tesseract");
    }

    private static Problem problem(ParseResult result) {
        return ((ParseResult.Unreadable) result).problem();
    }

    private static ParsedDocument parsed(String name, byte[] bytes) {
        ParseResult result = parse(PARSER, name, bytes);
        assertThat(result).isInstanceOf(ParseResult.Parsed.class);
        return ((ParseResult.Parsed) result).document();
    }

    private static ParseResult parse(DocumentParser parser, String name, byte[] bytes) {
        return parser.parse(
                name, "application/octet-stream", bytes.length, "en", () -> new ByteArrayInputStream(bytes));
    }

    private static String text(ParsedDocument document) {
        return String.join("\n", document.blocks().stream().map(Block::text).toList());
    }
}
