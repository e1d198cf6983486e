package io.switchboard.ingestion;

import static io.switchboard.ingestion.TestFiles.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.xssf.streaming.SXSSFRow;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;

/** Files that are made to hurt whoever reads them. All are built here, byte by byte, so that nobody has to keep or trust a binary. */
final class PoisonFiles {

    private static final int PAGE_BOMB = 100_000;

    private PoisonFiles() {}

    /** Writes one part of a package. */
    interface Part {
        void write(OutputStream out) throws IOException;
    }

    static Part text(String text) {
        return out -> out.write(utf8(text));
    }

    /** The same text again and again, which packs a thousand to one. */
    static Part repeated(String head, String unit, long times, String tail) {
        return out -> {
            out.write(utf8(head));
            byte[] block = utf8(unit.repeat(1000));
            for (long i = 0; i < times; i += 1000) {
                out.write(block);
            }
            out.write(utf8(tail));
        };
    }

    static byte[] zip(Map<String, Part> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                part.getValue().write(zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A Word file with this as its main part. */
    static byte[] docx(Part document, Map<String, Part> more) {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("[Content_Types].xml", text("""
                <?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
                <Default Extension="bin" ContentType="application/octet-stream"/>
                <Override PartName="/word/document.xml"
                 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
                """));
        parts.put("_rels/.rels", text("""
                <?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                <Relationship Id="r1" Target="word/document.xml"
                 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>
                """));
        parts.put("word/document.xml", document);
        parts.putAll(more);
        return zip(parts);
    }

    static final String DOCX_HEAD =
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
    static final String DOCX_TAIL = "</w:body></w:document>";
    static final String DOCX_PARAGRAPH = "<w:p><w:r><w:t>aaaaaaaaaaaaaaaa</w:t></w:r></w:p>";

    static byte[] docxWith(String prologue, String text) {
        return docx(
                text("<?xml version=\"1.0\"?>" + prologue + DOCX_HEAD + "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"
                        + DOCX_TAIL),
                Map.of());
    }

    static byte[] odt(Part content) {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("mimetype", text("application/vnd.oasis.opendocument.text"));
        parts.put("content.xml", content);
        return zip(parts);
    }

    static byte[] odtWith(String prologue, String text) {
        return odt(text("<?xml version=\"1.0\"?>" + prologue
                + "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
                + " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text><text:p>"
                + text + "</text:p></office:text></office:body></office:document-content>"));
    }

    static byte[] epub(Part chapter, Map<String, Part> more) {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("mimetype", text("application/epub+zip"));
        parts.put("META-INF/container.xml", text("""
                <?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
                <rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
                """));
        parts.put("content.opf", text("""
                <?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/>
                <manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
                <spine><itemref idref="one"/></spine></package>
                """));
        parts.put("one.xhtml", chapter);
        parts.putAll(more);
        return zip(parts);
    }

    /** Ten entities, each ten times the one before: 3 GB of text once they are expanded. */
    static String billionLaughs() {
        String entities = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "<!ENTITY l" + i + " \"" + ("&l" + (i - 1) + ";").repeat(10) + "\">")
                .collect(Collectors.joining());
        return "<!DOCTYPE x [<!ENTITY l0 \"ha\">" + entities + "]>";
    }

    static String externalEntity(String address) {
        return "<!DOCTYPE x [<!ENTITY leak SYSTEM \"" + address + "\">]>";
    }

    /** An archive in an archive in an archive… */
    static byte[] nested(int levels) {
        byte[] inner = zip(Map.of("bottom.txt", repeated("", "0000000000", 100_000, "")));
        for (int i = 0; i < levels; i++) {
            byte[] content = inner;
            inner = zip(Map.of("level-" + i + ".zip", out -> out.write(content)));
        }
        return inner;
    }

    static Map<String, Part> manyFiles(int count) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            parts.put("word/media/" + i + ".bin", text("x"));
        }
        return parts;
    }

    static byte[] spreadsheet(int rows, int columns) {
        try (SXSSFWorkbook workbook = new SXSSFWorkbook(100)) {
            SXSSFSheet sheet = workbook.createSheet("Cells");
            for (int i = 0; i < rows; i++) {
                SXSSFRow row = sheet.createRow(i);
                for (int j = 0; j < columns; j++) {
                    row.createCell(j).setCellValue(i * (double) columns + j);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            workbook.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PDF of these objects, numbered from 1; the first is its catalogue. The trailer's own offset may be asked for. */
    static byte[] pdf(List<byte[]> objects, Function<Integer, String> moreTrailer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("%PDF-1.7\n"));
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(out.size());
            out.writeBytes(ascii((i + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(i));
            out.writeBytes(ascii("\nendobj\n"));
        }
        int table = out.size();
        StringBuilder end = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> end.append("%010d 00000 n \n".formatted(offset)));
        end.append("trailer\n<</Size ").append(objects.size() + 1).append("/Root 1 0 R");
        end.append(moreTrailer.apply(table));
        end.append(">>\nstartxref\n").append(table).append("\n%%EOF\n");
        out.writeBytes(ascii(end.toString()));
        return out.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] stream(String dictionary, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("<<" + dictionary + "/Length " + content.length + ">>\nstream\n"));
        out.writeBytes(content);
        out.writeBytes(ascii("\nendstream"));
        return out.toByteArray();
    }

    /** The cross-reference table names itself as the one before it. */
    static byte[] pdfWithCyclicReferences() {
        return pdf(
                List.of(
                        ascii("<</Type/Catalog/Pages 2 0 R>>"),
                        ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                        ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>")),
                table -> "/Prev " + table);
    }

    /** The tree of pages has itself for a branch. */
    static byte[] pdfWithCyclicPages() {
        return pdf(
                List.of(
                        ascii("<</Type/Catalog/Pages 2 0 R>>"),
                        ascii("<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"),
                        ascii("<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>")),
                table -> "");
    }

    /** A hundred thousand pages, all with the same line of text. */
    static byte[] pdfWithManyPages() {
        List<byte[]> objects = new ArrayList<>();
        objects.add(ascii("<</Type/Catalog/Pages 2 0 R>>"));
        objects.add(ascii("<</Type/Pages/Count " + PAGE_BOMB
                + "/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 300 100]/Kids["
                + IntStream.range(0, PAGE_BOMB).mapToObj(i -> (i + 5) + " 0 R").collect(Collectors.joining(" "))
                + "]>>"));
        objects.add(ascii("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"));
        objects.add(stream("", ascii("BT /F 12 Tf 10 50 Td (All work and no play.) Tj ET")));
        byte[] page = ascii("<</Type/Page/Parent 2 0 R/Contents 4 0 R>>");
        for (int i = 0; i < PAGE_BOMB; i++) {
            objects.add(page);
        }
        return pdf(objects, table -> "");
    }

    /** One page with one picture, a gigapixel of grey that packs into a megabyte. */
    static byte[] pdfWithHugeImage(int side) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(packed)) {
            byte[] row = new byte[side];
            Arrays.fill(row, (byte) 0x80);
            for (int i = 0; i < side; i++) {
                deflater.write(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pdf(
                List.of(
                        ascii("<</Type/Catalog/Pages 2 0 R>>"),
                        ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                        ascii(
                                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 600]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>>"),
                        stream(
                                "/Type/XObject/Subtype/Image/Width " + side + "/Height " + side
                                        + "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode",
                                packed.toByteArray()),
                        stream("", ascii("q 600 0 0 600 0 0 cm /I Do Q"))),
                table -> "");
    }

    /** A form in XML (XFA) whose XML asks for an address. */
    static byte[] pdfWithForm(String address) {
        String form = "<?xml version=\"1.0\"?>" + externalEntity(address)
                + "<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"><field>&leak;</field></xdp:xdp>";
        return pdf(
                List.of(
                        ascii("<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]/XFA 4 0 R>>>>"),
                        ascii("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
                        ascii("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"),
                        stream("", utf8(form))),
                table -> "");
    }
}
