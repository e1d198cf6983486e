package io.switchboard.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;

/**
 * The demo museum's handbooks are written in Markdown below {@code src/test/handbook} and kept as the files that a museum would have.
 * After a change to the sources, {@link #main} makes those files anew.
 */
class HandbookTest {

    private static final Path SOURCES = Path.of("src/test/handbook");
    private static final Path VISITOR = SOURCES.resolve("visitor-handbook.md");
    private static final Path GROUPS = SOURCES.resolve("groups-and-membership.md");

    /** Run in the directory of this module. */
    public static void main(String[] args) throws IOException {
        Path target = Path.of("src/main/resources/demo/harbour");
        HandbookPdf.write(
                Handbook.read(VISITOR), "Harbour Museum, visitor handbook", target.resolve("visitor-handbook.pdf"));
        HandbookDocx.write(Handbook.read(GROUPS), target.resolve("groups-and-membership.docx"));
    }

    @Test
    void the_visitor_handbook_in_the_program_says_what_its_source_says() throws IOException {
        String printed;
        try (InputStream file = file("visitor-handbook.pdf");
                var pdf = Loader.loadPDF(file.readAllBytes())) {
            assertThat(pdf.getNumberOfPages()).isBetween(3, 6);
            printed = new PDFTextStripper().getText(pdf);
        }

        assertThat(words(printed)).contains(sentences(VISITOR));
    }

    @Test
    void the_groups_handbook_in_the_program_says_what_its_source_says() throws IOException {
        String printed;
        try (InputStream file = file("groups-and-membership.docx");
                var docx = new XWPFWordExtractor(new XWPFDocument(file))) {
            printed = docx.getText();
        }

        assertThat(words(printed)).contains(sentences(GROUPS));
    }

    private static InputStream file(String name) {
        return Objects.requireNonNull(HandbookTest.class.getResourceAsStream("/demo/harbour/" + name), name);
    }

    private static String[] sentences(Path source) throws IOException {
        List<String> lines;
        try (Stream<String> all = Files.lines(source)) {
            lines = all.filter(line -> !line.isBlank() && !line.startsWith("|"))
                    .map(line -> words(line.replaceFirst("^#+ ", "")))
                    .toList();
        }
        assertThat(lines).hasSizeGreaterThan(30);
        return lines.toArray(String[]::new);
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
