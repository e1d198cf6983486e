package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.User;
import io.switchboard.isolation.TenantTables;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.probing.World;
import io.switchboard.probing.WorldMaker;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Every page of the running program, opened by one tenant's owner with ids of another tenant, and with ids of nobody. What is shown must
 * be the same, and no word of the other tenant. A page with a parameter that is not known here fails the test.
 *
 * <p>Checklist: ASVS 8.4.1 and 8.2.2 (tenant and object access), for pages.
 */
class PagesOfTwoWorldsTest extends BrowserTest {

    private static final Pattern PARAMETER = Pattern.compile(":([a-z]+)\\??");

    /** Of what kind the parameters of the pages' addresses are. */
    private static final Map<String, String> KINDS = Map.of(
            "base", "knowledge-base",
            "document", "document",
            "bot", "bot",
            "channel", "channel",
            "conversation", "conversation");

    /** Parameters of the query that name something, and the pages that read them. */
    private static final List<String> WITH_QUERY = List.of("playground?bot=:bot", "simulator?bot=:bot");

    @Autowired
    WorldMaker worlds;

    @Autowired
    TenantTables tables;

    @Autowired
    ServletContext context;

    @Test
    void show_nothing_of_another_tenant_whatever_id_is_in_the_address() {
        World mine = worlds.make('a');
        World other = worlds.make('b');
        Map<String, String> before = tables.digests(other.id());
        Page page = signedInAs(mine);
        List<String> withParameter = new ArrayList<>();

        for (String template : templates()) {
            if (!template.contains(":")) {
                visit(page, "/" + template);
                assertNothingOf(other, page, template);
                continue;
            }
            withParameter.add(template);
            visit(page, "/" + address(template, mine.values()));
            assertNothingOf(other, page, template);
            String own = words(page);
            visit(page, "/" + address(template, other.values()));
            assertNothingOf(other, page, template);
            String foreign = words(page);
            visit(page, "/" + address(template, nobodys(other)));
            assertThat(foreign)
                    .as("page %s with another's id and with nobody's", template)
                    .isEqualTo(words(page));
            if (!WITH_QUERY.contains(template)) {
                assertThat(foreign).as("page %s works for its owner", template).isNotEqualTo(own);
            }
        }

        assertThat(withParameter).hasSizeGreaterThan(7);
        worlds.settle(other.id());
        assertThat(tables.digests(other.id())).isEqualTo(before);
    }

    /** Checklist: ASVS 8.2.1, operations by role, for pages. Whoever may enter a page sees it without an error, whatever it asks services for. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void open_for_each_role_that_may_enter_them_and_for_no_other(Role role) {
        World mine = worlds.make('a');
        User member = ((MemberAddition.Added)
                        access.addMember(mine.id(), address(role.name()), "Member", PASSWORD, role))
                .user();
        Page page = signedIn(member.email(), Browsing.WIDE);
        SoftAssertions answers = new SoftAssertions();

        for (RouteData route : routes()) {
            visit(page, "/" + address(route.getTemplate(), mine.values()));
            answers.assertThat(page.locator("h1, .sb-empty h3").first().innerText())
                    .as("/%s as %s", route.getTemplate(), role)
                    .isNotEqualTo("Something went wrong")
                    .matches(heading -> heading.equals("There is nothing here") != mayEnter(route, role));
        }

        answers.assertAll();
        assertThat(complaints).isEmpty();
    }

    private static boolean mayEnter(RouteData route, Role role) {
        Class<?> view = route.getNavigationTarget();
        Requires needs = view.getAnnotation(Requires.class);
        return needs == null ? !view.isAnnotationPresent(RolesAllowed.class) : role.may(needs.value());
    }

    private Page signedInAs(World world) {
        Page page = open(Browsing.WIDE);
        page.navigate("/login");
        fillSignIn(page, world.value("email"), world.value("password"));
        page.waitForURL(url -> !url.contains("/login"));
        settle(page);
        return page;
    }

    private List<String> templates() {
        List<String> templates = new ArrayList<>(WITH_QUERY);
        routes().stream().map(RouteData::getTemplate).forEach(templates::add);
        return templates;
    }

    /** All but the door. */
    private List<RouteData> routes() {
        return ApplicationRouteRegistry.getInstance(new VaadinServletContext(context)).getRegisteredRoutes().stream()
                .sorted(Comparator.comparing(RouteData::getTemplate))
                .filter(route -> !route.getTemplate().startsWith("login") && !letsHoldersIn(route.getTemplate()))
                .toList();
    }

    /** Whoever has the token of a link may enter. */
    private static boolean letsHoldersIn(String template) {
        return template.contains(":token");
    }

    private static String address(String template, Map<String, String> values) {
        return PARAMETER.matcher(template).replaceAll(found -> {
            String kind = KINDS.get(found.group(1));
            assertThat(kind)
                    .as("kind of :%s in page %s", found.group(1), template)
                    .isNotNull();
            return Matcher.quoteReplacement(values.get(kind));
        });
    }

    private static Map<String, String> nobodys(World other) {
        Map<String, String> values = new HashMap<>(other.values());
        KINDS.values().forEach(kind -> values.put(kind, UUID.randomUUID().toString()));
        return values;
    }

    private static String words(Page page) {
        return page.locator("vaadin-app-layout").innerText();
    }

    private static void assertNothingOf(World other, Page page, String template) {
        assertThat(page.content())
                .as("page %s", template)
                .doesNotContain(other.canary(), other.value("email"), other.value("phone-number"));
    }
}
