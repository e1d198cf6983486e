package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.User;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelStatus;
import io.switchboard.channels.NewChannel;
import io.switchboard.conversations.DeadLetterService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Role;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.world.FakeMeta;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every view, opened by those who may and by those who may not, on a wide and on a narrow window.
 *
 * <p>Checklist: ASVS 8.2.1 and 8.3.1, for pages.
 */
class ViewsTest extends BrowserTest {

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    BotService bots;

    @Autowired
    TenancyService tenancy;

    @Autowired
    DeadLetterService letters;

    @Autowired
    SimulatorService simulator;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void open_for_a_new_owner_with_a_sentence_where_nothing_is_yet() {
        Page page = signedIn(newTenant().owner().email(), Browsing.WIDE);

        Map<String, String> empty = new LinkedHashMap<>();
        empty.put("", "First steps");
        empty.put("knowledge", "No knowledge yet");
        empty.put("bots", "No bot yet");
        empty.put("playground", "No bot yet");
        empty.put("simulator", "No bot yet");
        empty.put("channels", "No number connected");
        empty.put("conversations", "Nobody has written yet");
        empty.put("dead-letters", "Nothing failed");
        empty.put("api-keys", "No keys yet");
        empty.forEach((path, sentence) -> {
            visit(page, "/" + path);
            assertThat(page.getByText(sentence).first()).isVisible();
            Browsing.keep(page, "new-" + (path.isEmpty() ? "dashboard" : path));
        });

        assertThat(complaints).isEmpty();
    }

    @Test
    void open_for_an_owner_with_something_in_them() {
        SignedInOwner owner = newTenant();
        Map<String, String> views = fill(owner.tenant().id());

        for (int width : List.of(Browsing.WIDE, Browsing.NARROW)) {
            Page page = signedIn(owner.owner().email(), width);
            views.forEach((path, heading) -> {
                visit(page, "/" + path);
                assertThat(SignInPageTest.heading(page, heading)).isVisible();
                assertThat(page.getByText("Something went wrong")).hasCount(0);
                assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                        .as("width of /%s", path)
                        .isLessThanOrEqualTo(width);
                Browsing.keep(page, name(path) + (width == Browsing.NARROW ? "-narrow" : ""));
            });
        }

        assertThat(views).hasSizeGreaterThan(9);
        assertThat(complaints).isEmpty();
    }

    @Test
    void lead_an_operator_to_the_tenants_and_nowhere_else() {
        SignedInOwner other = newTenant();
        User operator = access.ensureOperator(address("operator"), PASSWORD);
        Page page = signedIn(operator.email(), Browsing.WIDE);

        page.waitForURL("**/tenants");
        assertThat(page.getByText(other.tenant().name(), new Page.GetByTextOptions().setExact(true))
                        .first())
                .isVisible();
        Browsing.keep(page, "tenants");
        for (String path : fill(other.tenant().id()).keySet()) {
            if (!path.isEmpty()) {
                visit(page, "/" + path);
                assertThat(page.getByText("There is nothing here").first()).isVisible();
            }
        }
        Browsing.keep(page, "not-found");
    }

    @Test
    void let_an_operator_found_a_tenant_whose_owner_can_sign_in() {
        Page page =
                signedIn(access.ensureOperator(address("operator"), PASSWORD).email(), Browsing.WIDE);
        String name = "Library " + UUID.randomUUID().toString().substring(0, 6);
        String email = address("librarian").value();

        button(page, "New tenant").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        page.getByLabel("Owner’s name").fill("Lea Librarian");
        page.getByLabel("Owner’s e-mail").fill(email);
        page.getByLabel("Owner’s password").locator("visible=true").first().fill(PASSWORD);
        Browsing.keep(page, "new-tenant");
        button(page, "Create").click();
        assertThat(page.getByText(name + " is ready").first()).isVisible();

        Page owner = open(Browsing.WIDE);
        owner.navigate("/login");
        fillSignIn(owner, email, PASSWORD);
        assertThat(SignInPageTest.heading(owner, name)).isVisible();
    }

    @Test
    void hide_what_a_role_may_not_see() {
        SignedInOwner owner = newTenant();
        User analyst = ((MemberAddition.Added) access.addMember(
                        owner.tenant().id(), address("analyst"), "Ann Analyst", PASSWORD, Role.ANALYST))
                .user();
        Page page = signedIn(analyst.email(), Browsing.WIDE);

        assertThat(page.locator("vaadin-side-nav-item").evaluateAll("items => items.map(item => item.path)"))
                .isEqualTo(List.of("", "knowledge", "bots", "channels"));
        for (String path : List.of(
                "conversations",
                "dead-letters",
                "simulator",
                "playground",
                "channels/new",
                "members",
                "api-keys",
                "people",
                "tenants")) {
            visit(page, "/" + path);
            assertThat(page.getByText("There is nothing here").first()).isVisible();
        }
        visit(page, "/knowledge");
        assertThat(button(page, "New knowledge base")).hasCount(0);
    }

    @Test
    void does_not_show_another_tenants_rows() {
        SignedInOwner mine = newTenant();
        Map<String, String> theirs = fill(newTenant().tenant().id());
        Page page = signedIn(mine.owner().email(), Browsing.WIDE);

        List<String> withIds = theirs.keySet().stream()
                .filter(path -> path.matches(".*[0-9a-f]{8}-.*")
                        && !path.startsWith("playground")
                        && !path.startsWith("simulator"))
                .toList();
        assertThat(withIds).hasSizeGreaterThan(3);
        for (String path : withIds) {
            visit(page, "/" + path);
            assertThat(page.getByText("There is nothing here").first()).isVisible();
        }
    }

    @Test
    void tell_on_every_page_that_a_channel_stopped_and_let_an_owner_resume_it() {
        SignedInOwner owner = newTenant();
        TenantId tenant = owner.tenant().id();
        fill(tenant);
        Channel channel = channels.list(tenant, PageRequest.first(1)).items().getFirst();
        channels.stop(tenant, channel.id(), "190: Error validating access token");
        for (int width : List.of(Browsing.NARROW, Browsing.WIDE)) {
            Page page = signedIn(owner.owner().email(), width);
            for (String path : List.of("", "conversations", "knowledge", "channels/" + channel.id())) {
                visit(page, "/" + path);
                assertThat(page.getByText("Main number has stopped").first()).isVisible();
                Browsing.keep(page, "stopped-" + name(path) + (width == Browsing.NARROW ? "-narrow" : ""));
            }
        }
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/channels/" + channel.id());
        button(page, "New access token").click();
        Browsing.keep(page, "new-token");
        page.locator("vaadin-dialog input").first().fill("EAAfresh9876");
        button(page, "Save and resume").click();

        assertThat(page.getByText("Saved. Replies leave again.").first()).isVisible();
        assertThat(channels.find(tenant, channel.id()).orElseThrow().status()).isEqualTo(ChannelStatus.ACTIVE);
        visit(page, "/knowledge");
        assertThat(page.getByText("Main number has stopped")).hasCount(0);
    }

    @Test
    void examine_a_number_and_say_what_to_do() {
        SignedInOwner owner = newTenant();
        TenantId tenant = owner.tenant().id();
        fill(tenant);
        Channel channel = channels.list(tenant, PageRequest.first(1)).items().getFirst();
        FakeMeta.shared()
                .graph()
                .accountOf(channel.settings().get("phoneNumberId"))
                .unsubscribed(false)
                .with("quality_rating", "YELLOW");
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/channels/" + channel.id());
        assertThat(page.getByText("Not examined yet").first()).isVisible();

        button(page, "Examine now").click();

        assertThat(page.getByText("does not deliver its messages to the app").first())
                .isVisible();
        assertThat(page.getByText("its quality is yellow").first()).isVisible();
        assertThat(page.getByText("Main number does not work").first()).isVisible();
        Browsing.keep(page, "number-doctor");
        Page narrow = signedIn(owner.owner().email(), Browsing.NARROW);
        visit(narrow, "/channels/" + channel.id());
        assertThat(narrow.getByText("its quality is yellow").first()).isVisible();
        Browsing.keep(narrow, "number-doctor-narrow");
    }

    @Test
    void keep_what_failed_until_somebody_decides() {
        SignedInOwner owner = newTenant();
        TenantId tenant = owner.tenant().id();
        fill(tenant);
        failSends(tenant, 3);
        for (int width : List.of(Browsing.NARROW, Browsing.WIDE)) {
            Page page = signedIn(owner.owner().email(), width);
            visit(page, "/dead-letters");
            assertThat(page.getByText("more than 24 hours ago").first()).isVisible();
            page.locator("vaadin-grid vaadin-checkbox").nth(1).click();
            Browsing.keep(page, "dead-letters-chosen" + (width == Browsing.NARROW ? "-narrow" : ""));
        }
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/dead-letters");

        button(page, "Try again for visitor 0").click();
        assertThat(page.getByText("On its way again").first()).isVisible();
        assertThat(button(page, "Try again for visitor 0")).isHidden();
        page.locator("vaadin-grid vaadin-checkbox").first().click();
        button(page, "Discard").click();
        assertThat(page.getByText("Discard 2 letters?").first()).isVisible();
        Browsing.keep(page, "dead-letters-discard");
        page.getByRole(AriaRole.ALERTDIALOG)
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Discard"))
                .click();

        assertThat(page.getByText("Nothing failed").first()).isVisible();
        assertThat(letters.list(tenant, PageRequest.first(10)).items()).isEmpty();
        assertThat(complaints).isEmpty();
    }

    private void failSends(TenantId tenant, int count) {
        Bot bot = bots.list(tenant, PageRequest.first(1)).items().getFirst();
        Channel channel = simulator.channelFor(tenant, bot.id());
        for (int i = 0; i < count; i++) {
            simulator.write(tenant, channel.id(), "visitor " + i, "Do you have parking spaces?");
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> transactions.call(
                        tenant,
                        () -> jdbc.sql("""
                        update reply set status = 'FAILED', error_code = '131047', error_detail = 'Re-engagement message'
                         where tenant_id = ? and status in ('SENT', 'DELIVERED', 'READ')
                        """).param(tenant.value()).update() >= 0
                                && letters.list(tenant, PageRequest.first(10))
                                                .items()
                                                .size()
                                        == count));
    }

    @Test
    void close_on_somebody_whose_tenant_was_suspended() {
        SignedInOwner owner = newTenant();
        fill(owner.tenant().id());
        Page page = signedIn(owner.owner().email(), Browsing.WIDE);
        visit(page, "/knowledge");
        assertThat(page.getByText("Handbook").first()).isVisible();

        tenancy.changeStatus(owner.tenant().id(), TenantStatus.SUSPENDED);
        page.navigate("/");

        assertThat(page.getByText("No organisation yet").first()).isVisible();
        visit(page, "/knowledge");
        assertThat(page.getByText("Handbook")).hasCount(0);
    }

    @Test
    void switch_between_the_tenants_of_one_person() {
        SignedInOwner first = newTenant();
        SignedInOwner second = newTenant();
        access.addMember(second.tenant().id(), first.owner().email(), "Olivia Owner", PASSWORD, Role.ADMIN);
        fill(second.tenant().id());
        Page page = signedIn(first.owner().email(), Browsing.WIDE);

        page.locator("vaadin-select.sb-tenant-select").click();
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(second.tenant().name()))
                .click();

        assertThat(SignInPageTest.heading(page, second.tenant().name())).isVisible();
        visit(page, "/knowledge");
        assertThat(page.getByText("Handbook").first()).isVisible();
    }

    /** Puts one of each thing into a tenant; answers the addresses of all views with their headings. */
    private Map<String, String> fill(TenantId tenant) {
        KnowledgeBase base = knowledge.createKnowledgeBase(tenant, "Handbook", "en");
        var faq = knowledge.addFaq(tenant, base.id(), "Do you have parking spaces?", "Yes, twelve behind the house.");
        String document = ((DocumentAddition.Added) faq).document().id().toString();
        BotDefinition definition = new BotDefinition(
                "Be friendly and brief.",
                BotSentences.DEFAULTS.refusal(),
                BotSentences.DEFAULTS.budgetSpent(),
                List.of(base.id()),
                Duration.ZERO);
        Bot bot = ((BotCreation.Saved) bots.create(tenant, "Front desk", definition)).bot();
        Channel channel = ((ChannelCreation.Created) channels.create(
                        tenant,
                        new NewChannel(
                                ChannelProvider.META,
                                "Main number",
                                bot.id(),
                                Map.of("phoneNumberId", number()),
                                Map.of("accessToken", "EAAtoken1234", "appSecret", "secret5678"))))
                .channel();
        Map<String, String> views = new LinkedHashMap<>();
        views.put("", tenancy.find(tenant).orElseThrow().name());
        views.put("knowledge", "Knowledge");
        views.put("knowledge/" + base.id(), "Handbook");
        views.put("documents/" + document, "Do you have parking spaces?");
        views.put("knowledge/" + base.id() + "/search?q=Where+can+I+park", "Search in Handbook");
        views.put("bots", "Bots");
        views.put("bots/new", "New bot");
        views.put("bots/" + bot.id(), "Front desk");
        views.put("playground?bot=" + bot.id(), "Playground");
        views.put("simulator?bot=" + bot.id(), "Simulator");
        views.put("channels", "Channels");
        views.put("channels/new", "Connect a WhatsApp number of Meta");
        views.put("channels/" + channel.id(), "Main number");
        views.put("conversations", "Conversations");
        views.put("dead-letters", "Dead letters");
        views.put("members", "Members");
        views.put("api-keys", "API keys");
        return views;
    }

    private static String number() {
        return Long.toString(Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000_000L) + 1);
    }

    private static String name(String path) {
        String plain = path.replaceAll("\\?.*", "")
                .replaceAll("/[0-9a-f-]{36}", "-one")
                .replace('/', '-');
        return plain.isEmpty() ? "dashboard" : plain;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
