package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.BlockSink.TooLong;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** A PDF whose pages are pictures of text. */
final class ScannedPdf {

    /** Scans are read one after the other, a second or more each. */
    static final int MAX_PAGES = 100;

    private static final float DPI = 200;
    private static final float POINTS_PER_INCH = 72;
    private static final float MAX_PIXELS = 12_000_000;
    private static final int MAX_FORMS = 5;

    private final PDDocument pdf;

    ScannedPdf(PDDocument pdf) {
        this.pdf = pdf;
    }

    boolean hasPictures() throws IOException {
        int looked = 0;
        for (PDPage page : pdf.getPages()) {
            if (hasPictures(page.getResources(), 0)) {
                return true;
            }
            if (++looked == MAX_PAGES) {
                break;
            }
        }
        return false;
    }

    private static boolean hasPictures(PDResources resources, int depth) throws IOException {
        if (resources == null || depth > MAX_FORMS) {
            return false;
        }
        for (COSName name : resources.getXObjectNames()) {
            if (resources.isImageXObject(name)) {
                return true;
            }
            PDXObject inner = resources.getXObject(name);
            if (inner instanceof PDFormXObject form && hasPictures(form.getResources(), depth + 1)) {
                return true;
            }
        }
        return false;
    }

    void read(PictureText pictures, BlockSink sink) throws IOException {
        if (pdf.getNumberOfPages() > MAX_PAGES) {
            throw new TooLong(pdf.getNumberOfPages() + " scanned pages");
        }
        PDFRenderer renderer = new PDFRenderer(pdf);
        renderer.setSubsamplingAllowed(true);
        Path picture = Files.createTempFile("page", ".png");
        try {
            for (int i = 0; i < pdf.getNumberOfPages(); i++) {
                BufferedImage page =
                        renderer.renderImageWithDPI(i, dpi(pdf.getPage(i).getCropBox()), ImageType.GRAY);
                ImageIO.write(page, "png", picture.toFile());
                page.flush();
                pictures.read(picture, sink);
            }
        } finally {
            Files.deleteIfExists(picture);
        }
    }

    /** Less for a page as large as a wall, so that it fits into memory. */
    private static float dpi(PDRectangle page) {
        double inches = (double) page.getWidth() * page.getHeight() / (POINTS_PER_INCH * POINTS_PER_INCH);
        return (float) Math.min(DPI, Math.sqrt(MAX_PIXELS / Math.max(inches, 0.01)));
    }
}
