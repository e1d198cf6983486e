package io.switchboard.ingestion.parsing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Pictures of text, drawn by the test and read by Tesseract. */
class PicturesTest {

    private static final DocumentParser PARSER = new DocumentParser(settings("tesseract"));

    @AfterAll
    static void endProcesses() {
        PARSER.close();
    }

    @BeforeEach
    void needTesseract() {
        assumeTrue(new Tesseract("tesseract").reading("en").isPresent(), "Tesseract is not installed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "tiff"})
    void reads_a_picture(String format) throws IOException {
        ParseResult result =
                parse(PARSER, "photo." + format, picture(format, "The museum opens at nine.", "Dogs stay outside."));

        assertThat(text(result)).contains("museum opens at nine").contains("Dogs stay outside");
    }

    @Test
    void reads_a_scanned_pdf_page_by_page() throws IOException {
        ParseResult result =
                parse(PARSER, "scan.pdf", scan("The first page is about tickets.", "The second page is about ships."));

        assertThat(text(result)).contains("about tickets").contains("about ships");
        assertThat(((ParseResult.Parsed) result).document().mediaType()).isEqualTo("application/pdf");
    }

    @Test
    void reads_in_english_where_the_language_is_not_installed() throws IOException {
        byte[] picture = picture("png", "The museum opens at nine.");

        ParseResult result =
                PARSER.parse("photo.png", "", picture.length, "eo", () -> new ByteArrayInputStream(picture));

        assertThat(text(result)).contains("opens at nine");
    }

    @Test
    void says_when_a_picture_holds_no_text_or_is_none() throws IOException {
        byte[] whole = picture("png", "The museum opens at nine.");

        assertThat(problem(parse(PARSER, "blank.png", picture("png")))).isEqualTo(Problem.NO_TEXT);
        assertThat(problem(parse(PARSER, "half.png", Arrays.copyOf(whole, 60)))).isEqualTo(Problem.BROKEN);
    }

    @Test
    void says_how_to_have_pictures_read_where_nobody_can() throws IOException {
        try (DocumentParser without = new DocumentParser(settings("no-such-program"))) {
            assertThat(problem(parse(without, "photo.png", picture("png", "Text"))))
                    .isEqualTo(Problem.PICTURES);
            assertThat(problem(parse(without, "scan.pdf", scan("Text")))).isEqualTo(Problem.PICTURES);
        }
        assertThat(Problem.PICTURES.sentence()).contains("operator").contains("Tesseract");
    }

    private static ParserSettings settings(String tesseract) {
        return new ParserSettings(
                Duration.ofSeconds(60),
                DataSize.ofMegabytes(256),
                100_000,
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                tesseract);
    }

    private static ParseResult parse(DocumentParser parser, String name, byte[] bytes) {
        return parser.parse(name, "", bytes.length, "en", () -> new ByteArrayInputStream(bytes));
    }

    private static Problem problem(ParseResult result) {
        assertThat(result).isInstanceOf(ParseResult.Unreadable.class);
        return ((ParseResult.Unreadable) result).problem();
    }

    private static String text(ParseResult result) {
        assertThat(result).isInstanceOf(ParseResult.Parsed.class);
        return ((ParseResult.Parsed) result)
                .document().blocks().stream().map(Block::text).collect(Collectors.joining("\n"));
    }

    private static byte[] picture(String format, String... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(draw(lines), format, out)).isTrue();
        return out.toByteArray();
    }

    private static BufferedImage draw(String... lines) {
        BufferedImage picture = new BufferedImage(1_400, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        pen.setColor(Color.BLACK);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setFont(new Font(Font.SERIF, Font.PLAIN, 56));
        for (int i = 0; i < lines.length; i++) {
            pen.drawString(lines[i], 60, 120 + i * 120);
        }
        pen.dispose();
        return picture;
    }

    private static byte[] scan(String... pages) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            for (String line : pages) {
                PDPage page = new PDPage(PDRectangle.A4);
                pdf.addPage(page);
                try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
                    content.drawImage(LosslessFactory.createFromImage(pdf, draw(line)), 40, 500, 500, 143);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            pdf.save(out);
            return out.toByteArray();
        }
    }
}
