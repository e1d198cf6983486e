package io.switchboard.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Chromium without a window, for a test class. */
public final class Browsing implements AutoCloseable {

    public static final int WIDE = 1280;
    public static final int NARROW = 390;

    private static final int HEIGHT = 844;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final List<Path> SCREENSHOTS =
            List.of(Path.of("target", "screenshots"), Path.of("..", "target", "screenshots"));

    private final Playwright playwright;
    private final Browser browser;

    private Browsing(Path chromium) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setTimeout(2 * PATIENCE_MILLIS)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
    }

    /** Starts Chromium, or skips the test class where there is none. */
    static Browsing start() {
        Optional<Path> chromium = chromium();
        Assumptions.assumeTrue(
                chromium.isPresent(),
                "skipped: no Chromium on this machine (install the package chromium, or name one in SWITCHBOARD_CHROMIUM)");
        return new Browsing(chromium.get());
    }

    private static Optional<Path> chromium() {
        return Stream.of(
                        System.getenv().getOrDefault("SWITCHBOARD_CHROMIUM", ""),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A page with cookies of its own. */
    Page page(String base, int width) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(base)
                .setViewportSize(width, HEIGHT)
                .setLocale("en-GB")
                .setTimezoneId("Europe/Berlin"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return context.newPage();
    }

    /** Keeps what the page looks like, below {@code target/screenshots} of this module and of the project. */
    public static void keep(Page page, String name) {
        int width = page.viewportSize().width;
        Integer whole = (Integer) page.evaluate("() => { const view = document.querySelector('.sb-page');"
                + " return view ? Math.ceil(view.getBoundingClientRect().height) + 80 : 0; }");
        boolean taller = whole > HEIGHT;
        if (taller) {
            page.setViewportSize(width, whole);
        }
        byte[] picture = page.screenshot();
        if (taller) {
            page.setViewportSize(width, HEIGHT);
        }
        for (Path directory : SCREENSHOTS) {
            try {
                Files.createDirectories(directory);
                Files.write(directory.resolve(name + ".png"), picture);
            } catch (IOException e) {
                throw new UncheckedIOException("screenshot " + name + " cannot be kept", e);
            }
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
