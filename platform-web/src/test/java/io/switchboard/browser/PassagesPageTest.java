package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.User;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The passages of a document, as an editor corrects them. */
class PassagesPageTest extends BrowserTest {

    private static final String HANDBOOK = """
            # Visitor handbook

            ## Opening hours

            The museum opens at nine in the morning from Tuesday to Sunday and is closed on Mondays.

            ## Cafe

            The cafe in the garden serves soup and cake until five in the afternoon.

            ## Dogs

            Dogs on a lead may enter the garden but not the galleries.
            """;

    @Autowired
    KnowledgeService knowledge;

    private TenantId tenant;
    private KnowledgeBaseId base;

    @Test
    void let_an_editor_correct_switch_off_add_and_decide() throws IOException {
        SignedInOwner owner = newTenant();
        tenant = owner.tenant().id();
        base = knowledge.createKnowledgeBase(tenant, "Handbook", "en").id();
        DocumentId document = upload(HANDBOOK, 1);
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/documents/" + document);
        assertThat(page.locator("article")).hasCount(3);
        Browsing.keep(page, "passages");
        press(page, "Show passage 2 in the original");
        assertThat(page.locator("mark").first()).containsText("The cafe in the garden");
        assertThat(page.locator(".sb-place").first()).containsText("Dogs on a lead");
        Browsing.keep(page, "passage-original");
        press(page, "Show passage 2 in the original");
        assertThat(page.locator("mark")).hasCount(0);

        press(page, "Edit passage 1");
        page.locator("vaadin-dialog textarea, vaadin-text-area textarea")
                .first()
                .fill(" ");
        press(page, "Save");
        assertThat(page.getByText("Write the text of the passage")).isVisible();
        page.locator("vaadin-text-area textarea").first().fill("We open at half past eight, and close on Mondays.");
        Browsing.keep(page, "passage-edit");
        press(page, "Save");
        assertThat(page.getByText("We open at half past eight")).isVisible();
        assertThat(page.getByText("Edited", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        press(page, "Switch passage 3 off");
        assertThat(page.getByText("Off", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        press(page, "Add a passage after passage 2");
        page.locator("vaadin-text-area textarea").first().fill("On Fridays there is live music in the cafe.");
        press(page, "Save");
        assertThat(page.getByText("Added by hand")).isVisible();
        Browsing.keep(page, "passages-edited");

        upload(HANDBOOK.replace("nine in the morning", "ten in the morning").replace("on a lead ", ""), 2);
        assertThat(page.getByText("In 2 passages the document does not say any more"))
                .isVisible();
        assertThat(page.getByText("The document has changed under your edit. Answers use yours."))
                .isVisible();
        Browsing.keep(page, "passages-conflict");
        Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(narrow, "/documents/" + document);
        assertThat(narrow.getByText("In 2 passages")).isVisible();
        Browsing.keep(narrow, "passages-conflict-narrow");
        assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keep mine"))
                .first()
                .click();
        assertThat(page.getByText("In one passage the document")).isVisible();
        press(page, "Take the new one");
        assertThat(page.getByText("the document does not say any more")).hasCount(0);
        press(page, "Undo the edit of passage 1");
        assertThat(page.getByText("The museum opens at ten in the morning")).isVisible();
        press(page, "Delete passage 3");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new com.microsoft.playwright.Locator.GetByRoleOptions().setName("Delete"))
                .click();
        assertThat(page.locator("article")).hasCount(3);
        assertThat(page.locator(".sb-passage-off")).hasCount(0);
        Browsing.keep(page, "passages-decided");

        User analyst = ((MemberAddition.Added)
                        access.addMember(tenant, address("analyst"), "Ann Analyst", PASSWORD, Role.ANALYST))
                .user();
        Page reader = signedIn(analyst.email(), Browsing.WIDE);
        visit(reader, "/documents/" + document);
        assertThat(reader.locator("article")).hasCount(3);
        assertThat(reader.locator("article vaadin-button")).hasCount(3);
        assertThat(reader.getByLabel("Edit passage 1")).hasCount(0);
        assertThat(complaints).isEmpty();
    }

    @Test
    void say_why_a_passage_is_found_or_not() throws IOException {
        SignedInOwner owner = newTenant();
        tenant = owner.tenant().id();
        base = knowledge.createKnowledgeBase(tenant, "Handbook", "en").id();
        DocumentId document = upload(HANDBOOK, 1);
        knowledge.tag(tenant, document, List.of("house"));
        knowledge.addFaq(tenant, base, "Where is the museum?", "The museum is at the harbour, beside the old crane.");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> knowledge.documents(tenant, base, PageRequest.first(5)).items().stream()
                        .allMatch(read -> read.status() == DocumentStatus.READY));
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);

        visit(page, "/documents/" + document);
        assertThat(page.getByText("house").first()).isVisible();
        page.getByLabel("Is passage 2 found?").click();
        assertThat(page.getByText("Try a question")).isVisible();
        page.getByLabel("Ask as a customer would").fill("When does the museum open?");
        press(page, "Search");
        assertThat(page.getByText("The passage you expected")).isVisible();
        assertThat(page.getByText("It is found, and answers are made from it.")).isVisible();
        Browsing.keep(page, "search-why");
        page.getByLabel("Passage you expect").fill("no words of any passage");
        press(page, "Search");
        assertThat(page.getByText("No passage of this knowledge base has these words."))
                .isVisible();
        visit(page, "/knowledge/" + base + "/search?q=Where+is+the+museum&tags=house&expected=beside+the+OLD++crane");
        assertThat(page.getByText("Your filter leaves its document out.")).isVisible();
        Browsing.keep(page, "search-why-filtered");
        Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(narrow, "/knowledge/" + base + "/search?q=When+does+the+museum+open&expected=dogs+on+a+lead");
        assertThat(narrow.getByText("The passage you expected")).isVisible();
        Browsing.keep(narrow, "search-why-narrow");
        assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        assertThat(complaints).isEmpty();
    }

    private static void press(Page page, String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private DocumentId upload(String text, int version) throws IOException {
        DocumentAddition addition = knowledge.addFile(
                tenant,
                base,
                "handbook.md",
                "text/markdown",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        DocumentId id = ((DocumentAddition.Added) addition).document().id();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            Document read = knowledge.findDocument(tenant, id).orElseThrow();
            return read.status() == DocumentStatus.READY && read.version() == version;
        });
        return id;
    }
}
