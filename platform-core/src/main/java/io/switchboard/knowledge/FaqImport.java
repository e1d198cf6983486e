package io.switchboard.knowledge;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.FaqImporting.Refused;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Takes questions and answers from a table, each pair a document of its own. */
@Service
public class FaqImport {

    /** Of one table. */
    public static final int MAX_PAIRS = 2_000;

    public static final int MAX_BYTES = 5 * 1024 * 1024;

    private static final int MAX_REFUSALS = 200;

    private final KnowledgeService knowledge;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final AuditService audit;

    FaqImport(KnowledgeService knowledge, TenantTransactions transactions, JdbcClient jdbc, AuditService audit) {
        this.knowledge = knowledge;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * Adds the pairs of a CSV file. A question that the knowledge base has already with another answer gets the one of the table; a table
     * that is sent twice changes nothing. What follows a full plan is refused line by line.
     */
    @Requires(Permission.EDIT_KNOWLEDGE)
    public FaqImporting importTable(TenantId tenant, KnowledgeBaseId base, InputStream csv) throws IOException {
        if (knowledge.findKnowledgeBase(tenant, base).isEmpty()) {
            return new FaqImporting.UnknownKnowledgeBase();
        }
        byte[] file = csv.readNBytes(MAX_BYTES + 1);
        if (file.length > MAX_BYTES) {
            return new FaqImporting.Unreadable("A table may have " + MAX_BYTES + " bytes at most.");
        }
        List<FaqTable.Row> rows;
        try {
            rows = FaqTable.read(file);
        } catch (IOException _) {
            return new FaqImporting.Unreadable(
                    "The file is no table that can be read. Save it as CSV, with quotes around cells that have line breaks.");
        }
        if (rows.isEmpty() || rows.size() > MAX_PAIRS) {
            return new FaqImporting.Unreadable("A table has 1 to " + MAX_PAIRS + " questions; this one has "
                    + rows.size() + (rows.isEmpty() ? "." : ". Split it."));
        }
        return new Import(tenant, base).run(rows);
    }

    /** One table on its way. */
    private final class Import {

        private final TenantId tenant;
        private final KnowledgeBaseId base;
        private final Set<String> asked = new HashSet<>();
        private final List<Refused> refused = new ArrayList<>();
        private int added;
        private int changed;
        private int unchanged;

        Import(TenantId tenant, KnowledgeBaseId base) {
            this.tenant = tenant;
            this.base = base;
        }

        FaqImporting.Done run(List<FaqTable.Row> rows) {
            rows.forEach(this::take);
            audit.record(
                    tenant,
                    "imported",
                    "knowledge base",
                    base.value(),
                    added + " questions added, " + changed + " changed, " + refused.size() + " lines refused");
            return new FaqImporting.Done(added, changed, unchanged, refused);
        }

        private void take(FaqTable.Row row) {
            String question = Texts.withoutNul(row.question()).strip();
            String answer = Texts.withoutNul(row.answer()).strip();
            String problem = problem(question, answer);
            if (!problem.isEmpty()) {
                refuse(row, problem);
                return;
            }
            List<DocumentId> before = sameQuestion(question);
            switch (knowledge.addFaq(tenant, base, question, answer)) {
                case DocumentAddition.Added(Document document) -> {
                    List<DocumentId> replaced = before.stream()
                            .filter(id -> !id.equals(document.id()))
                            .toList();
                    replaced.forEach(id -> knowledge.deleteDocument(tenant, id));
                    count(before.contains(document.id()), !replaced.isEmpty());
                }
                case DocumentAddition.PlanFull(long limit) ->
                    refuse(row, "Your plan allows " + limit + " documents, and they are used up.");
                case DocumentAddition.StorageFull(long limit) ->
                    refuse(row, "Your plan allows " + limit + " bytes of documents, and they are used up.");
                case DocumentAddition.UnknownKnowledgeBase _, DocumentAddition.TooLarge _ ->
                    refuse(row, "The knowledge base is gone.");
            }
        }

        private String problem(String question, String answer) {
            if (question.isEmpty()) {
                return "The question is empty.";
            }
            if (answer.isEmpty()) {
                return "The answer is empty.";
            }
            if (question.length() > DocumentStore.MAX_QUESTION) {
                return "The question has more than " + DocumentStore.MAX_QUESTION + " characters.";
            }
            if (answer.length() > DocumentStore.MAX_ANSWER) {
                return "The answer has more than " + DocumentStore.MAX_ANSWER + " characters.";
            }
            return asked.add(question) ? "" : "The question stands in an earlier line too.";
        }

        private void count(boolean known, boolean replaced) {
            if (replaced) {
                changed++;
            } else if (known) {
                unchanged++;
            } else {
                added++;
            }
        }

        private void refuse(FaqTable.Row row, String reason) {
            if (refused.size() < MAX_REFUSALS) {
                refused.add(new Refused(row.line(), reason));
            }
        }

        private List<DocumentId> sameQuestion(String question) {
            return transactions.call(
                    tenant,
                    () -> jdbc.sql("""
                            select id from document
                             where tenant_id = :tenant and knowledge_base_id = :base and kind = 'FAQ' and name = :question
                            """)
                            .param("tenant", tenant.value())
                            .param("base", base.value())
                            .param("question", question)
                            .query((row, number) -> new DocumentId(row.getObject(1, UUID.class)))
                            .list());
        }
    }
}
