package io.switchboard.ingestion.parsing;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Collects the lines of a PDF with their type size, weight and place. */
final class PdfLines extends PDFTextStripper {

    private static final float BOLD_WEIGHT = 600;

    /** Between words of justified text the gap stays below the size of the type. */
    private static final float COLUMN_GAP = 1.5f;

    private final List<PdfLine> lines = new ArrayList<>();
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<TextPosition> letters = new ArrayList<>();

    PdfLines() {
        setSuppressDuplicateOverlappingText(true);
    }

    List<PdfLine> read(PDDocument pdf) throws IOException {
        writeText(pdf, Writer.nullWriter());
        return lines;
    }

    @Override
    protected void writeString(String word, List<TextPosition> positions) {
        if (!letters.isEmpty() && !positions.isEmpty() && isColumnGap(letters.getLast(), positions.getFirst())) {
            endCell();
        }
        text.append(word);
        letters.addAll(positions);
    }

    @Override
    protected void writeWordSeparator() {
        text.append(' ');
    }

    @Override
    protected void writeLineSeparator() {
        endLine();
    }

    @Override
    protected void writeParagraphEnd() {
        endLine();
    }

    @Override
    protected void endPage(PDPage page) {
        endLine();
    }

    private static boolean isColumnGap(TextPosition before, TextPosition next) {
        float gap = next.getXDirAdj() - (before.getXDirAdj() + before.getWidthDirAdj());
        return gap > COLUMN_GAP * next.getFontSizeInPt();
    }

    private void endCell() {
        String cell = text.toString().strip();
        text.setLength(0);
        if (!cell.isEmpty()) {
            cells.add(cell);
        }
    }

    private void endLine() {
        endCell();
        if (!cells.isEmpty()) {
            lines.add(line());
        }
        cells.clear();
        letters.clear();
    }

    private PdfLine line() {
        Map<Float, Integer> sizes = new HashMap<>();
        int bold = 0;
        for (TextPosition letter : letters) {
            sizes.merge(Math.round(letter.getFontSizeInPt() * 2) / 2f, 1, Integer::sum);
            bold += isBold(letter) ? 1 : 0;
        }
        float size = sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0f);
        return new PdfLine(
                getCurrentPageNo() - 1,
                cells,
                size,
                bold * 2 > letters.size(),
                letters.getFirst().getYDirAdj());
    }

    private static boolean isBold(TextPosition letter) {
        String name = letter.getFont().getName();
        if (name != null && name.toLowerCase(Locale.ROOT).contains("bold")) {
            return true;
        }
        PDFontDescriptor descriptor = letter.getFont().getFontDescriptor();
        return descriptor != null && (descriptor.isForceBold() || descriptor.getFontWeight() >= BOLD_WEIGHT);
    }
}
