package io.switchboard.privacy;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.ContentKeeping;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** A tenant's data to take away: a ZIP with a JSON file for each table and the documents as they were uploaded. */
@Service
public class TenantExport {

    private static final int FETCH = 500;
    private static final String EXPLANATION = """
            This is what Switchboard keeps for your organisation.

            tables/   one file for each table, a row on each line as JSON (https://jsonlines.org)
            files/    the documents as they were uploaded or fetched, by the id of their row in tables/document.jsonl
            sent/     the files that people sent to customers, by the id of the reply in tables/reply_file.jsonl

            Credentials of channels, keys and search vectors are left out: the first two open doors, and the last can be made again.
            """;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final ContentKeeping content;
    private final AuditService audit;

    TenantExport(TenantTransactions transactions, JdbcClient jdbc, ContentKeeping content, AuditService audit) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.content = content;
        this.audit = audit;
    }

    /** Writes the export to a file that only this program's user can read; the caller deletes it. */
    @Requires(Permission.EXPORT_TENANT)
    public Path write(TenantId tenant, Actor actor) throws IOException {
        Path file = Files.createTempFile("switchboard-export-", ".zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("README.txt"));
            zip.write(EXPLANATION.getBytes(StandardCharsets.UTF_8));
            for (DataRule rule : DataRule.ALL.reversed()) {
                if (rule.exported()) {
                    zip.putNextEntry(new ZipEntry("tables/" + rule.table() + ".jsonl"));
                    transactions.run(tenant, () -> writeRows(tenant, rule, zip));
                }
            }
            for (DocumentId document : documents(tenant)) {
                writeFile(tenant, document, zip);
            }
            for (UUID reply : sentFiles(tenant)) {
                writeSentFile(tenant, reply, zip);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        transactions.run(tenant, () -> audit.record(tenant, actor, "exported", "tenant", tenant.value(), null));
        return file;
    }

    private void writeRows(TenantId tenant, DataRule rule, OutputStream out) {
        String hidden = String.join(",", rule.hidden());
        try (Stream<String> rows = jdbc
                .sql("select (to_jsonb(t) - string_to_array(:hidden, ','))::text from " + rule.table()
                        + " t where tenant_id = :tenant")
                .withFetchSize(FETCH)
                .param("hidden", hidden)
                .param("tenant", tenant.value())
                .query(String.class)
                .stream()) {
            rows.forEach(row -> writeLine(out, row));
        }
    }

    private static void writeLine(OutputStream out, String line) {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written", e);
        }
    }

    private List<DocumentId> documents(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select id from document where tenant_id = ? and content_id is not null order by id")
                        .param(tenant.value())
                        .query((row, number) -> new DocumentId(row.getObject(1, UUID.class)))
                        .list());
    }

    private List<UUID> sentFiles(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select reply_id from reply_file where tenant_id = ? order by reply_id")
                        .param(tenant.value())
                        .query(UUID.class)
                        .list());
    }

    private void writeSentFile(TenantId tenant, UUID reply, ZipOutputStream zip) throws IOException {
        Optional<byte[]> bytes = transactions.call(
                tenant,
                () -> jdbc.sql("select content from reply_file where tenant_id = ? and reply_id = ?")
                        .params(tenant.value(), reply)
                        .query(byte[].class)
                        .optional());
        if (bytes.isPresent()) {
            zip.putNextEntry(new ZipEntry("sent/" + reply));
            zip.write(bytes.get());
        }
    }

    private void writeFile(TenantId tenant, DocumentId document, ZipOutputStream zip) throws IOException {
        Optional<InputStream> bytes = content.open(tenant, document);
        if (bytes.isPresent()) {
            try (InputStream in = bytes.get()) {
                zip.putNextEntry(new ZipEntry("files/" + document));
                in.transferTo(zip);
            }
        }
    }
}
