package io.switchboard.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboardtest.TestTenants;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A customer's data: handed out and erased.
 *
 * <p>Checklist: data of people and organisations.
 */
class PersonDataTest extends PrivacyTest {

    @Test
    void erases_every_word_of_a_person_and_nothing_of_others() {
        ConversationId ann = talk("ann-" + canary, "My secret is " + canary);
        ConversationId ben = talk("ben", "Hello from Ben");
        attach(ann, canary + ".txt", "For Ann");
        attach(ben, "prices.txt", "For Ben");
        assertThat(tablesWith(canary)).contains("contact", "inbox", "asked_question", "reply_file");
        Map<String, Long> before = counts(tenant);
        long answers = before.get("usage_ledger");

        ErasureReceipt receipt = privacy.erasePerson(tenant, ann, OLIVIA).orElseThrow();

        assertThat(tablesWith(canary)).isEmpty();
        assertThat(receipt.complete()).isTrue();
        Map<String, Long> after = counts(tenant);
        assertThat(receipt.removed())
                .allSatisfy(store -> assertThat(after.get(store.store()))
                        .as(store.store())
                        .isEqualTo(before.get(store.store()) - store.count()));
        assertThat(receipt.removed())
                .filteredOn(store -> store.count() > 0)
                .extracting(Removed::store)
                .contains("inbox", "reply_file", "reply", "asked_question", "conversation", "contact");
        assertThat(conversations.messages(tenant, ben, PageRequest.first(10)).items())
                .hasSize(2);
        assertThat(strings("select name from reply_file where tenant_id = ?")).containsExactly("prices.txt");
        assertThat(after.get("usage_ledger")).as("figures stay").isEqualTo(answers);
        assertThat(privacy.receipts(tenant, PageRequest.first(10)).items()).containsExactly(receipt);
        assertThat(audit.list(tenant, PageRequest.first(10)).items())
                .anySatisfy(entry -> assertThat(entry.action()).isEqualTo("erased"));
        assertThat(privacy.erasePerson(tenant, ann, OLIVIA)).as("a second time").isEmpty();
    }

    @Test
    void hands_out_everything_about_a_person_and_nothing_about_others() {
        ConversationId ann = talk("ann", "My secret is " + canary);
        attach(talk("ben", "Hello from Ben"), "prices.txt", "For Ben");
        attach(ann, "offer.txt", "For Ann");

        String json = privacy.exportPerson(tenant, ann, OLIVIA).orElseThrow();

        assertThat(json)
                .contains(canary, "\"contact\"", "\"inbox\"", "\"reply\"", "offer.txt")
                .doesNotContain("Hello from Ben", "prices.txt", "\"content\"");
    }

    @Test
    void does_not_show_another_tenants_person() {
        ConversationId ann = talk("ann", "My secret is " + canary);
        TenantId other = TestTenants.on(tenancy, "standard");

        assertThat(privacy.exportPerson(other, ann, OLIVIA)).isEmpty();
        assertThat(privacy.erasePerson(other, ann, OLIVIA)).isEmpty();
        assertThat(tablesWith(canary)).isNotEmpty();
    }
}
