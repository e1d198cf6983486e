package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

/** The main job in a browser: from an empty tenant to an answer that names its source. */
class JourneyTest extends BrowserTest {

    private static final Locator.WaitForOptions SOON = new Locator.WaitForOptions().setTimeout(120_000);

    @Test
    void uploads_a_pdf_and_gets_an_answer_from_it_on_the_simulator() throws IOException {
        Page page = signedIn(newTenant().owner().email(), Browsing.WIDE);

        createKnowledgeBase(page);
        page.locator("vaadin-upload input[type=file]").setInputFiles(new FilePayload[] {
            new FilePayload("boat-rental.pdf", "application/pdf", pdf()),
            new FilePayload(
                    "broken.pdf", "application/pdf", "%PDF-1.7\nthis is no PDF".getBytes(StandardCharsets.UTF_8))
        });
        page.locator("vaadin-grid vaadin-badge", new Page.LocatorOptions().setHasText("Ready"))
                .waitFor(SOON);
        page.locator("vaadin-grid vaadin-badge", new Page.LocatorOptions().setHasText("Failed"))
                .waitFor(SOON);
        Browsing.keep(page, "journey-1-uploaded");
        seeThePage(page);

        createBot(page);
        Browsing.keep(page, "journey-2-bot");

        visit(page, "/simulator");
        write(page, "How much does a rowing boat cost per hour?");
        Locator answer = page.locator(".sb-bubble-other:not(.sb-typing)").first();
        answer.waitFor(SOON);
        assertThat(answer).containsText("14 euros");
        assertThat(answer).containsText("boat-rental.pdf");
        Browsing.keep(page, "journey-3-simulator");

        seeConversation(page);
        visit(page, "/");
        assertThat(page.locator(".sb-step-done")).hasCount(2);
        Browsing.keep(page, "journey-5-dashboard");
        assertThat(complaints).isEmpty();
    }

    @Test
    void follows_a_conversation_live_and_shows_markup_as_text() {
        SignedInOwner owner = newTenant();
        Page writer = signedIn(owner.owner().email(), Browsing.NARROW);
        createKnowledgeBase(writer);
        createBot(writer);
        Page watcher = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(watcher, "/conversations");
        assertThat(watcher.getByText("Nobody has written yet").first()).isVisible();

        visit(writer, "/simulator");
        write(writer, "<img src=x onerror=\"document.title='broken in'\"> Do you sell submarines?");

        Locator row = watcher.locator(".sb-inbox-row");
        row.waitFor(SOON);
        row.click();
        assertThat(watcher.locator(".sb-thread .sb-bubble-other")).containsText("<img src=x");
        watcher.locator(".sb-thread .sb-bubble-own").waitFor(SOON);
        writer.locator(".sb-bubble-other:not(.sb-typing)").waitFor(SOON);
        Browsing.keep(writer, "simulator-narrow-refusal");
        assertThat(watcher.locator("img[src=x]").count()).isZero();
        assertThat(List.of(watcher.title(), writer.title())).noneMatch("broken in"::equals);
        assertThat(complaints).isEmpty();
    }

    @Test
    void hands_a_conversation_to_a_person_and_back() throws IOException {
        SignedInOwner owner = newTenant();
        Page customer = signedIn(owner.owner().email(), Browsing.NARROW);
        createKnowledgeBase(customer);
        createBot(customer);
        visit(customer, "/simulator");
        write(customer, "Do you sell submarines?");
        customer.locator(".sb-bubble-other:not(.sb-typing)").waitFor(SOON);

        Page person = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(person, "/conversations");
        person.locator(".sb-inbox-row").first().click();
        button(person, "Take over").click();
        write(person, "Only *toy* ones.");

        Locator toys = customer.getByText("Only *toy* ones.");
        toys.waitFor(SOON);
        assertThat(person.getByText("answers, the bot is silent").first()).isVisible();
        Browsing.keep(person, "conversation-taken-over");
        visit(customer, "/conversations");
        customer.locator(".sb-inbox-row").first().click();
        assertThat(button(customer, "Give back to the bot")).isVisible();
        sendPicture(person);
        Browsing.keep(person, "conversation-file");
        assertThat(customer.locator(".sb-thread .sb-file")).containsText("swing.png");
        attach(customer, "prices.txt", "Swing: 4 euros".getBytes(StandardCharsets.UTF_8));
        Browsing.keep(customer, "conversation-file-narrow");
        button(customer, "Remove the file").click();
        assertThat(button(customer, "Send file")).isHidden();

        button(person, "Give back to the bot").click();
        assertThat(button(person, "Take over")).isVisible();
        assertThat(person.locator(".sb-thread vaadin-message-input")).isHidden();
        assertThat(complaints).isEmpty();
    }

    private static void sendPicture(Page page) throws IOException {
        byte[] picture = Pictures.png(320, 200);
        attach(page, "notes.exe", new byte[] {1});
        assertThat(page.getByText("Attach one JPEG").first()).isVisible();
        attach(page, "swing.png", picture);
        assertThat(page.locator(".sb-attach .sb-text")).hasText("swing.png");
        page.locator("vaadin-message-input textarea").fill("Our *swing*.");
        button(page, "Send file").click();
        Locator bubble = page.locator(".sb-bubble-own", new Page.LocatorOptions().setHasText("swing.png"));
        bubble.waitFor(SOON);
        Locator link = bubble.getByRole(AriaRole.LINK).first();
        String address = link.getAttribute("href");
        assertThat(bubble).containsText("Our *swing*.");
        assertThat(bubble).containsText("Delivered");
        assertThat(link).hasAttribute("href", address);
        page.waitForFunction("document.querySelector('.sb-file img').naturalWidth == 320");
        Download saved = page.waitForDownload(link::click);
        assertThat(saved.suggestedFilename()).isEqualTo("swing.png");
        assertThat(Files.readAllBytes(saved.path())).isEqualTo(picture);
        assertThat(page.locator("vaadin-message-input textarea")).hasValue("");
    }

    private static void attach(Page page, String name, byte[] content) {
        page.locator(".sb-attach input[type=file]")
                .setInputFiles(new FilePayload(name, "application/octet-stream", content));
    }

    /** The page of the PDF, beside the passage. */
    private static void seeThePage(Page page) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("boat-rental.pdf"))
                .first()
                .click();
        button(page, "Show passage 1 in the original").click();
        Locator picture = page.locator(".sb-place-page");
        picture.waitFor(SOON);
        page.waitForFunction(
                "document.querySelector('.sb-place-page').naturalWidth > 500",
                null,
                new Page.WaitForFunctionOptions().setTimeout(60_000));
        assertThat(page.getByText("Page 1 of 1").first()).isVisible();
        assertThat(page.locator("vaadin-side-nav-item[current]")).containsText("Knowledge");
        Browsing.keep(page, "journey-1-original");
    }

    private static void createKnowledgeBase(Page page) {
        visit(page, "/knowledge");
        button(page, "New knowledge base").first().click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Boat house");
        button(page, "Create").click();
        assertThat(SignInPageTest.heading(page, "Boat house")).isVisible();
    }

    private static void createBot(Page page) {
        visit(page, "/bots/new");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("Boatman");
        button(page, "Create and publish").click();
        assertThat(SignInPageTest.heading(page, "Boatman")).isVisible();
        assertThat(button(page, "Create and publish")).hasCount(0);
    }

    private static void write(Page page, String text) {
        page.locator("vaadin-message-input textarea").fill(text);
        page.locator("vaadin-message-input").getByRole(AriaRole.BUTTON).click();
    }

    private static void seeConversation(Page page) {
        visit(page, "/conversations");
        page.locator(".sb-inbox-row").first().click();
        Locator reply = page.locator(".sb-thread .sb-bubble-own").first();
        assertThat(reply.locator(".sb-source")).containsText("boat-rental.pdf");
        reply.getByText("Timeline").click();
        assertThat(reply.getByText("Answered", new Locator.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        Browsing.keep(page, "journey-4-conversation");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static byte[] pdf() throws IOException {
        List<String> lines = List.of(
                "Boat rental",
                "A rowing boat costs 14 euros per hour.",
                "A pedal boat costs 18 euros per hour.",
                "Life jackets are free. The last boat leaves at 18:30.");
        try (PDDocument document = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
                content.setLeading(22);
                content.newLineAtOffset(72, 700);
                for (String line : lines) {
                    content.showText(line);
                    content.newLine();
                }
                content.endText();
            }
            document.save(bytes);
            return bytes.toByteArray();
        }
    }
}
