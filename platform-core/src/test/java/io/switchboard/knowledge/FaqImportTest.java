package io.switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SwitchboardTest
class FaqImportTest {

    @Autowired
    FaqImport faqs;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    TenancyService tenancy;

    @Test
    void adds_changes_and_leaves_pairs_and_says_which_lines_it_refused() throws IOException {
        TenantId tenant = TestTenants.on(tenancy, "standard");
        KnowledgeBaseId base =
                knowledge.createKnowledgeBase(tenant, "FAQ", "en").id();

        FaqImporting first =
                read(tenant, base, "question,answer\nWhen?,At nine\nWhere?,Here\n,Nobody asked\nWhen?,At ten\nWhy?,\n");
        FaqImporting again = read(tenant, base, "answer;question\nAt ten;When?\nHere;Where?\nBob;Who?\n");

        FaqImporting.Done done = (FaqImporting.Done) first;
        assertThat(done.added()).isEqualTo(2);
        assertThat(done.refused())
                .containsExactly(
                        new FaqImporting.Refused(4, "The question is empty."),
                        new FaqImporting.Refused(5, "The question stands in an earlier line too."),
                        new FaqImporting.Refused(6, "The answer is empty."));
        assertThat(again).isEqualTo(new FaqImporting.Done(1, 1, 1, java.util.List.of()));
        assertThat(knowledge.documents(tenant, base, PageRequest.first(10)).items())
                .extracting(Document::name)
                .containsExactlyInAnyOrder("When?", "Where?", "Who?");
    }

    @Test
    void refuses_each_line_that_a_full_plan_has_no_room_for() throws IOException {
        tenancy.savePlan(new Plan("two-documents", null, 2L, null));
        TenantId tenant = TestTenants.on(tenancy, "two-documents");
        KnowledgeBaseId base =
                knowledge.createKnowledgeBase(tenant, "FAQ", "en").id();

        FaqImporting.Done done = (FaqImporting.Done) read(tenant, base, "A?,1\nB?,2\nC?,3\n");

        assertThat(done.added()).isEqualTo(2);
        assertThat(done.refused()).singleElement().satisfies(line -> {
            assertThat(line.line()).isEqualTo(3);
            assertThat(line.reason()).contains("2 documents");
        });
    }

    @Test
    void refuses_a_file_that_is_no_table() throws IOException {
        TenantId tenant = TestTenants.on(tenancy, "standard");
        KnowledgeBaseId base =
                knowledge.createKnowledgeBase(tenant, "FAQ", "en").id();

        assertThat(read(tenant, base, "\"open")).isInstanceOf(FaqImporting.Unreadable.class);
        assertThat(read(tenant, base, "question,answer\n")).isInstanceOf(FaqImporting.Unreadable.class);
        assertThat(read(tenant, base, "Why?,Because\n".repeat(3_000))).isInstanceOf(FaqImporting.Unreadable.class);
    }

    @Test
    void does_not_show_another_tenants_knowledge_base() throws IOException {
        TenantId mine = TestTenants.on(tenancy, "standard");
        TenantId theirs = TestTenants.on(tenancy, "standard");
        KnowledgeBaseId base =
                knowledge.createKnowledgeBase(theirs, "FAQ", "en").id();

        assertThat(read(mine, base, "Why?,Because\n")).isInstanceOf(FaqImporting.UnknownKnowledgeBase.class);
    }

    private FaqImporting read(TenantId tenant, KnowledgeBaseId base, String table) throws IOException {
        return faqs.importTable(tenant, base, new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)));
    }
}
