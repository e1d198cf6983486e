package io.switchboard.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.answering.MediaReaderException;
import io.switchboard.kernel.TenantId;
import io.switchboardtest.SwitchboardTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** In the parser's own process, as in the program. */
@SwitchboardTest
class CustomersDocumentsTest {

    @Autowired
    CustomersDocuments documents;

    @Test
    void are_read_whatever_office_wrote_them() {
        Map<String, byte[]> files = Map.of(
                "pdf", TestFiles.pdf("# Invoice 1987", "Two tickets, 24 euros."),
                "docx", TestFiles.docx("# Invoice 1987", "Two tickets, 24 euros."),
                "txt", TestFiles.utf8("Invoice 1987\n\nTwo tickets, 24 euros."));

        files.forEach((name, content) ->
                assertThat(read(content)).as(name).containsSubsequence("Invoice 1987", "Two tickets, 24 euros."));
    }

    @Test
    void give_their_beginning_if_they_are_long() {
        String text = IntStream.range(0, 2_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

        assertThat(read(TestFiles.utf8(text)))
                .startsWith("word0 word1 ")
                .endsWith("…")
                .hasSize(2_001);
    }

    @Test
    void are_given_up_at_once_where_nobody_can_read_them() {
        for (byte[] content : List.of(
                new byte[0],
                TestFiles.encryptedPdf(),
                TestFiles.pdfWithoutText(),
                TestFiles.truncated(TestFiles.pdf("# Invoice 1987")),
                TestFiles.utf8("MZ\u0090\0\u0003\0\0\0\u0004\0\0\0"))) {
            assertThatThrownBy(() -> read(content))
                    .isInstanceOfSatisfying(
                            MediaReaderException.class,
                            e -> assertThat(e.passing()).isFalse());
        }
    }

    private String read(byte[] content) {
        return documents.read(TenantId.next(), content, "application/octet-stream");
    }
}
