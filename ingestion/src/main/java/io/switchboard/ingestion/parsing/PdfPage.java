package io.switchboard.ingestion.parsing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** Finds the page of a PDF on which a passage stands, by the words they share in the same order, and draws it. */
final class PdfPage {

    private static final float DPI = 110;
    private static final float POINTS_PER_INCH = 72;
    private static final float MAX_PIXELS = 3_000_000;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    /** Words that are compared together. */
    private static final int RUN = 3;

    /** With so much of a passage on a page, no other page is looked at. */
    private static final double SURE = 0.8;

    private PdfPage() {}

    /** @param page from 1 */
    record Drawn(int page, int pages, byte[] png) {}

    /** Null if the passage is on no page. */
    static @Nullable Drawn draw(Path file, String passage) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            int page = find(pdf, passage);
            if (page == 0) {
                return null;
            }
            PDFRenderer renderer = new PDFRenderer(pdf);
            renderer.setSubsamplingAllowed(true);
            BufferedImage picture = renderer.renderImageWithDPI(
                    page - 1, dpi(pdf.getPage(page - 1).getCropBox()), ImageType.RGB);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", png);
            return new Drawn(page, pdf.getNumberOfPages(), png.toByteArray());
        }
    }

    /** From 1; 0 if there is none. */
    private static int find(PDDocument pdf, String passage) throws IOException {
        Set<String> wanted = runs(passage);
        PDFTextStripper text = new PDFTextStripper();
        int best = 0;
        double most = 0;
        for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
            text.setStartPage(page);
            text.setEndPage(page);
            Set<String> shared = runs(text.getText(pdf));
            shared.retainAll(wanted);
            double share = shared.size() / (double) Math.max(1, wanted.size());
            if (share > most) {
                most = share;
                best = page;
            }
            if (share >= SURE) {
                return page;
            }
        }
        return best;
    }

    private static Set<String> runs(String text) {
        List<String> words = WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
        Set<String> runs = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            runs.add(String.join(" ", words.subList(i, Math.min(i + RUN, words.size()))));
        }
        return runs;
    }

    private static float dpi(PDRectangle page) {
        double inches = (double) page.getWidth() * page.getHeight() / (POINTS_PER_INCH * POINTS_PER_INCH);
        return (float) Math.min(DPI, Math.sqrt(MAX_PIXELS / Math.max(inches, 0.01)));
    }
}
