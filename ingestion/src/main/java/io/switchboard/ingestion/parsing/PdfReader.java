package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.BlockSink.TooLong;
import io.switchboard.ingestion.parsing.DocumentReader.FormatReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.tika.exception.EncryptedDocumentException;
import org.jspecify.annotations.Nullable;

/** PDF: text as it stands on the pages. A PDF does not say what is a heading, so {@link PdfLayout} judges by size and weight of type. */
final class PdfReader implements FormatReader {

    /** Where a whole file ends with its trailer. */
    private static final int TAIL = 4096;

    private static final int MAX_PAGES = 5_000;

    private final @Nullable PictureText pictures;

    /** @param pictures reads pages that are pictures; null: such a PDF ends with {@link PicturesOnly} */
    PdfReader(@Nullable PictureText pictures) {
        this.pictures = pictures;
    }

    @Override
    public String read(Path file, BlockSink sink) throws IOException, EncryptedDocumentException {
        if (isCutOff(file)) {
            throw new IOException("no trailer at the end of the PDF");
        }
        try (PDDocument pdf = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            if (pdf.getNumberOfPages() > MAX_PAGES) {
                throw new TooLong(pdf.getNumberOfPages() + " pages");
            }
            List<PdfLine> lines = new PdfLines().read(pdf);
            new PdfLayout(lines).write(sink);
            if (sink.isEmpty()) {
                readPictures(new ScannedPdf(pdf), sink);
            }
            String title = pdf.getDocumentInformation().getTitle();
            return title == null ? "" : title.strip();
        } catch (InvalidPasswordException e) {
            throw new EncryptedDocumentException(e);
        }
    }

    private void readPictures(ScannedPdf scan, BlockSink sink) throws IOException {
        if (pictures != null) {
            scan.read(pictures, sink);
        } else if (scan.hasPictures()) {
            throw new PicturesOnly();
        }
    }

    /** PDFBox repairs what it can and would take the pages that are left for the whole. */
    private static boolean isCutOff(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL, bytes.length())];
            bytes.seek(bytes.length() - tail.length);
            bytes.readFully(tail);
            String end = new String(tail, StandardCharsets.ISO_8859_1);
            return !end.contains("startxref") && !end.contains("%%EOF");
        }
    }
}
