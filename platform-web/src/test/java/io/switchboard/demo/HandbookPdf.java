package io.switchboard.demo;

import io.switchboard.demo.Handbook.Grid;
import io.switchboard.demo.Handbook.Prose;
import io.switchboard.demo.Handbook.Title;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Sets a handbook on A4 pages: wrapped text, ruled tables, page numbers at the foot; blocks are not torn apart. */
final class HandbookPdf implements AutoCloseable {

    private static final PDFont PLAIN = new PDType1Font(FontName.HELVETICA);
    private static final PDFont BOLD = new PDType1Font(FontName.HELVETICA_BOLD);
    private static final Color RULE = new Color(0x9FB4C7);
    private static final float MARGIN = 68;
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float SIZE = 10.5f;
    private static final float LEADING = 15;
    private static final float ROW = 18;
    /** What a heading needs below it, so that none stands alone at the foot of a page. */
    private static final float ROOM_AFTER_TITLE = 70;

    private final PDDocument document = new PDDocument();
    private PDPageContentStream page;
    private float y;

    private HandbookPdf() throws IOException {
        page = newPage();
    }

    static void write(Handbook handbook, String footer, Path target) throws IOException {
        try (HandbookPdf pdf = new HandbookPdf()) {
            for (Handbook.Block block : handbook.blocks()) {
                switch (block) {
                    case Title(int level, String text) -> pdf.title(level, text);
                    case Prose(String text) -> pdf.prose(text);
                    case Grid(List<List<String>> rows) -> pdf.grid(rows);
                }
            }
            pdf.page.close();
            pdf.number(footer);
            pdf.document.getDocumentInformation().setTitle(footer);
            pdf.document.save(target.toFile());
        }
    }

    private PDPageContentStream newPage() throws IOException {
        PDPage sheet = new PDPage(PDRectangle.A4);
        document.addPage(sheet);
        y = PDRectangle.A4.getHeight() - MARGIN;
        return new PDPageContentStream(document, sheet);
    }

    private void reserve(float height) throws IOException {
        if (y - height < MARGIN) {
            page.close();
            page = newPage();
        }
    }

    private void title(int level, String text) throws IOException {
        float size = level == 1 ? 20 : level == 2 ? 14 : 11.5f;
        reserve(size * 2 + ROOM_AFTER_TITLE);
        y -= level == 1 ? 4 : size;
        put(BOLD, size, MARGIN, y, text);
        y -= level == 1 ? 28 : 18;
    }

    private void prose(String text) throws IOException {
        List<String> lines = wrap(text);
        reserve(lines.size() * LEADING);
        for (String line : lines) {
            put(PLAIN, SIZE, MARGIN, y, line);
            y -= LEADING;
        }
        y -= 5;
    }

    private void grid(List<List<String>> rows) throws IOException {
        reserve(rows.size() * ROW + 10);
        y -= 2;
        float column = WIDTH / rows.getFirst().size();
        for (int row = 0; row < rows.size(); row++) {
            for (int cell = 0; cell < rows.get(row).size(); cell++) {
                put(
                        row == 0 ? BOLD : PLAIN,
                        SIZE,
                        MARGIN + 3 + cell * column,
                        y,
                        rows.get(row).get(cell));
            }
            page.setStrokingColor(RULE);
            page.moveTo(MARGIN, y - 5);
            page.lineTo(MARGIN + WIDTH, y - 5);
            page.stroke();
            y -= ROW;
        }
        y -= 6;
    }

    private void put(PDFont font, float size, float x, float baseline, String text) throws IOException {
        page.beginText();
        page.setFont(font, size);
        page.newLineAtOffset(x, baseline);
        page.showText(text);
        page.endText();
    }

    private static List<String> wrap(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && PLAIN.getStringWidth(line + " " + word) / 1000 * SIZE > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private void number(String footer) throws IOException {
        int pages = document.getNumberOfPages();
        for (int index = 0; index < pages; index++) {
            try (PDPageContentStream foot =
                    new PDPageContentStream(document, document.getPage(index), AppendMode.APPEND, true)) {
                foot.beginText();
                foot.setFont(PLAIN, 8);
                foot.newLineAtOffset(MARGIN, MARGIN / 2);
                foot.showText("%s · page %d of %d".formatted(footer, index + 1, pages));
                foot.endText();
            }
        }
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
