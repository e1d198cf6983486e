package io.switchboard.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.User;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Role;
import io.switchboard.simulator.SimulatorService;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Path 4 of a revocation: pages that update themselves while nobody clicks. The others are in RevocationTest.
 *
 * <p>Checklist: ASVS 8.3.2 and 7.4.2, path 4 of five.
 */
class PushRevocationTest extends BrowserTest {

    @Autowired
    BotService bots;

    @Autowired
    SimulatorService simulator;

    @Test
    void path_4_push_shows_nothing_more_to_a_suspended_user() {
        SignedInOwner owner = newTenant();
        User agent = agent(owner);
        Page page = signedIn(agent.email(), Browsing.WIDE);
        visit(page, "/conversations");
        var channel = channel(owner.tenant().id());
        simulator.write(owner.tenant().id(), channel, "Ada", "Are you open?");
        page.locator(".sb-inbox-row").first().waitFor();

        access.changeSuspension(agent.id(), true);
        simulator.write(owner.tenant().id(), channel, "Eve", "a message they must not see");

        page.waitForURL(url -> url.contains("/login"));
        assertThat(page.content()).doesNotContain("must not see");
    }

    @Test
    void path_4_push_shows_nothing_more_to_somebody_removed_or_given_a_smaller_role() {
        SignedInOwner owner = newTenant();
        User agent = agent(owner);
        Page page = signedIn(agent.email(), Browsing.WIDE);
        visit(page, "/conversations");
        var channel = channel(owner.tenant().id());
        simulator.write(owner.tenant().id(), channel, "Ada", "Are you open?");
        page.locator(".sb-inbox-row").first().waitFor();

        owner.api().patch("/api/v1/members/" + agent.id(), Map.of("role", "ANALYST"));
        simulator.write(owner.tenant().id(), channel, "Eve", "a message they must not see");

        assertThat(page.getByText("There is nothing here").first()).isVisible();
        assertThat(page.content()).doesNotContain("must not see");
    }

    private User agent(SignedInOwner owner) {
        return ((MemberAddition.Added)
                        access.addMember(owner.tenant().id(), address("agent"), "Aga Agent", PASSWORD, Role.AGENT))
                .user();
    }

    private ChannelId channel(TenantId tenant) {
        Bot bot = ((BotCreation.Saved) bots.create(tenant, "Front desk", BotDefinition.DEFAULTS)).bot();
        return simulator.channelFor(tenant, bot.id()).id();
    }
}
