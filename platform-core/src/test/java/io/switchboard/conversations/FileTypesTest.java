package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.FileType;
import io.switchboard.channels.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What a file is, by its bytes, and what it is called then. */
class FileTypesTest {

    @ParameterizedTest
    @CsvSource({
        "offer.docx, word/document.xml, DOCX",
        "OFFER.DOCX, word/document2.xml, DOCX",
        "offer.xlsx, xl/workbook.xml, XLSX",
        "offer.pptx, ppt/presentation.xml, PPTX"
    })
    void tells_office_documents_by_what_is_in_them(String name, String entry, FileType type) throws IOException {
        assertThat(of("application/zip").of(name, zip("[Content_Types].xml", entry)))
                .contains(type);
        assertThat(of("application/x-tika-ooxml").of(name, zip("[Content_Types].xml", entry)))
                .contains(type);
    }

    @ParameterizedTest
    @CsvSource({
        "offer.xlsx, '[Content_Types].xml word/document.xml'",
        "offer.docm, '[Content_Types].xml word/document.xml word/vbaProject.bin'",
        "offer.docx, '[Content_Types].xml word/document.xml word/vbaProject.bin'",
        "offer.docx, word/document.xml",
        "offer.zip, '[Content_Types].xml word/document.xml'",
        "offer.docx, '[Content_Types].xml other/file.xml'"
    })
    void knows_no_other_archive_no_macros_and_no_wrong_name(String name, String entries) throws IOException {
        assertThat(of("application/zip").of(name, zip(entries.split(" ", -1)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, notes.txt, TXT",
        "text/plain, table.csv, CSV",
        "image/png, a.PNG, PNG",
        "image/jpeg, a.jpeg, JPEG",
        "application/pdf, a.b.pdf, PDF"
    })
    void believes_the_bytes_and_the_name_where_they_agree(String mediaType, String name, FileType type) {
        assertThat(of(mediaType).of(name, new byte[] {1})).contains(type);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, a.html",
        "text/html, a.txt",
        "image/png, a.jpg",
        "application/pdf, a.pdf.exe",
        "image/gif, a.gif"
    })
    void refuses_them_where_they_do_not(String mediaType, String name) {
        assertThat(of(mediaType).of(name, new byte[] {1})).isEmpty();
    }

    @Test
    void reads_damaged_archives_without_harm() throws IOException {
        byte[] whole = zip("[Content_Types].xml", "word/document.xml");
        Random random = new Random(7);

        for (int length = 0; length < whole.length; length++) {
            assertThat(ArchiveNames.of(Arrays.copyOf(whole, length))).isEmpty();
        }
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            assertThat(ArchiveNames.of(damaged)).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(ArchiveNames.of(whole)).containsExactly("[Content_Types].xml", "word/document.xml");
    }

    @Test
    void cleans_names_and_keeps_their_ending() {
        assertThat(FileName.clean("../../etc/price list.pdf")).isEqualTo("price list.pdf");
        assertThat(FileName.clean("a\r\nb\u0000\u202Egpj.pdf")).isEqualTo("abgpj.pdf");
        assertThat(FileName.clean("Prei\u0308s \"ü\".pdf")).isEqualTo("Preïs \"ü\".pdf");
        assertThat(FileName.clean("x".repeat(300) + ".docx")).hasSize(120).endsWith("x.docx");
        assertThat(FileName.clean("🙂".repeat(100) + ".pdf"))
                .hasSizeBetween(118, 120)
                .endsWith("🙂.pdf");
        assertThat(FileName.clean("dir/")).isEmpty();
    }

    private static FileTypes of(String mediaType) {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        beans.addBean("types", (MediaTypes) content -> mediaType);
        return new FileTypes(beans.getBeanProvider(MediaTypes.class));
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
