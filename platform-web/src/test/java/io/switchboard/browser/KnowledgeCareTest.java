package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A knowledge base as an editor looks after it: tables of questions, owners, and what has expired. */
class KnowledgeCareTest extends BrowserTest {

    private static final double PATIENCE_MILLIS = 60_000;

    @Test
    void lets_an_editor_bring_a_table_of_questions_and_give_a_document_an_end() {
        SignedInOwner owner = newTenant();
        String base = owner.api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Questions"))
                .text("id");
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/knowledge/" + base);

        button(page, "Add table of questions");
        page.locator("vaadin-dialog-overlay input[type=file], vaadin-dialog input[type=file]")
                .setInputFiles(new FilePayload(
                        "faq.csv",
                        "text/csv",
                        "question;answer\nWhen do you open?;At nine.\nWhere are you?;\n"
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(page.getByText("1 added · 0 changed · 0 as before · 1 refused"))
                .isVisible(within());
        assertThat(page.getByText("Line 3: The answer is empty.")).isVisible();
        Browsing.keep(page, "faq-table");
        button(page, "Close");
        assertThat(page.getByText("Ready", new Page.GetByTextOptions().setExact(true)))
                .isVisible(within());

        button(page, "Owner and validity of When do you open?");
        page.getByLabel("Owner", new Page.GetByLabelOptions().setExact(true)).fill("Front desk");
        page.getByLabel("Valid until").fill("1/15/2020");
        page.getByLabel("Valid until").press("Enter");
        Browsing.keep(page, "validity-dialog");
        button(page, "Save");
        assertThat(page.getByText("Expired", new Page.GetByTextOptions().setExact(true)))
                .isVisible(within());
        assertThat(page.getByText("Owner: Front desk · valid until 15 Jan 2020"))
                .isVisible();
        page.getByLabel("Only what has expired").check();
        Browsing.keep(page, "validity");

        assertThat(page.getByText("When do you open?", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(narrow, "/knowledge/" + base);
        Browsing.keep(narrow, "validity-narrow");
        assertThat((Integer) narrow.evaluate("() => document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(Browsing.NARROW);
        assertThat(complaints).isEmpty();
    }

    @Test
    void lets_an_editor_cancel_a_document_and_read_it_again() {
        SignedInOwner owner = newTenant();
        String base = owner.api()
                .post("/api/v1/knowledge-bases", Map.of("name", "Ship"))
                .text("id");
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/knowledge/" + base);
        StringBuilder book = new StringBuilder();
        for (int i = 0; i < 6000; i++) {
            book.append("Cabin ")
                    .append(i)
                    .append(" is painted in colour ")
                    .append(i * 7)
                    .append(".\n\n");
        }
        owner.api()
                .upload(
                        "/api/v1/knowledge-bases/" + base + "/documents",
                        "book.txt",
                        "text/plain",
                        book.toString().getBytes(StandardCharsets.UTF_8));

        assertThat(page.getByText(Pattern.compile("about .* left")).first()).isVisible(within());
        Browsing.keep(page, "document-progress");
        button(page, "Cancel reading book.txt");
        assertThat(page.getByText("Reading was cancelled. Try again when you wish.")
                        .first())
                .isVisible(within());
        Browsing.keep(page, "document-cancelled");
        button(page, "Read book.txt again");

        assertThat(page.getByText("Ready", new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(3 * PATIENCE_MILLIS));
        assertThat(complaints).isEmpty();
    }

    private static LocatorAssertions.IsVisibleOptions within() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MILLIS);
    }

    private static void button(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }
}
