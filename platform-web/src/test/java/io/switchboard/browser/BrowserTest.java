package io.switchboard.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.WebTest;
import io.switchboard.kernel.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** A test that uses the program through a real browser. */
public abstract class BrowserTest extends WebTest {

    private static Browsing browsing;

    /** What the browser's console complained about; a test ends by looking at it. */
    protected final List<String> complaints = new ArrayList<>();

    private final List<Page> pages = new ArrayList<>();

    /** A locator that was not found says little; what the pages showed instead says what happened. On one line, as summaries end there. */
    @RegisterExtension
    final TestExecutionExceptionHandler witness = (context, failure) -> {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        throw new AssertionError(onOneLine(String.valueOf(failure.getMessage())) + screens(context), failure);
    };

    @BeforeAll
    static void startBrowser() {
        browsing = Browsing.start();
    }

    @AfterAll
    static void stopBrowser() {
        if (browsing != null) {
            browsing.close();
        }
    }

    @AfterEach
    void closePages() {
        pages.forEach(page -> page.context().close());
    }

    private String screens(ExtensionContext context) {
        String test = context.getRequiredTestClass().getSimpleName() + "-"
                + context.getRequiredTestMethod().getName();
        return pages.stream()
                .map(page -> {
                    Browsing.keep(page, "failed-" + test + "-" + pages.indexOf(page));
                    String text = onOneLine(page.locator("body").innerText());
                    return " | " + page.url() + " shows: " + text.substring(0, Math.min(300, text.length()));
                })
                .collect(Collectors.joining());
    }

    private static String onOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    protected Page open(int width) {
        Page page = browsing.page("http://localhost:" + port, width);
        page.onPageError(complaints::add);
        pages.add(page);
        return page;
    }

    /** A page of somebody who has signed in through the form. */
    protected Page signedIn(EmailAddress email, int width) {
        Page page = open(width);
        page.navigate("/login");
        fillSignIn(page, email.value(), PASSWORD);
        page.waitForURL(url -> !url.contains("/login"));
        settle(page);
        return page;
    }

    protected static void fillSignIn(Page page, String email, String password) {
        settle(page);
        page.locator("input[name=username]").fill(email);
        page.locator("input[name=password]").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
    }

    /** Goes to an address and waits until its heading is there. */
    protected static void visit(Page page, String path) {
        page.navigate(path);
        settle(page);
    }

    /** Waits until the view is drawn and nothing is under way. The browser looks at every frame; a locator would look twice a second. */
    protected static void settle(Page page) {
        page.waitForFunction(
                "() => document.querySelector('h1, .sb-empty h3')?.checkVisibility({visibilityProperty: true})"
                        + " && Object.values(window.Vaadin?.Flow?.clients ?? {})"
                        + ".every(client => !client.isActive || !client.isActive())");
    }
}
