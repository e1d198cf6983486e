package io.switchboard.ui.simulator;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.switchboard.access.User;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotService;
import io.switchboard.conversations.ConversationService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.ui.bots.BotsNavigation;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A phone on which one writes to a bot as a customer would, through the same engine as a real number. */
@Route("simulator")
@Menu(title = "nav.simulator", icon = "vaadin:mobile", order = 5)
@PermitAll
@Requires(Permission.USE_SIMULATOR)
class SimulatorView extends Page implements BeforeEnterObserver {

    private static final int BOTS = 500;
    private static final int MAX_VISITOR_LENGTH = 60;

    private final SimulatorService simulator;
    private final ConversationService conversations;
    private final Session session;
    private final List<Bot> all;
    private final Select<Bot> bot = new Select<>();
    private final Phone phone = new Phone(this::write);

    private @Nullable ChannelId channel;
    private volatile @Nullable ConversationId conversation;
    private String visitor = "";

    SimulatorView(
            SimulatorService simulator,
            ConversationService conversations,
            BotService bots,
            Session session,
            LiveUpdates live) {
        super("simulator");
        this.simulator = simulator;
        this.conversations = conversations;
        this.session = session;
        TenantId tenant = session.tenant();
        this.all = Pages.first(BOTS, page -> bots.list(tenant, page));
        if (all.isEmpty()) {
            add(new EmptyState(
                    VaadinIcon.COMMENT_O,
                    getTranslation("bots.empty"),
                    getTranslation("simulator.nobot"),
                    BotsNavigation.list(getTranslation("playground.tobots"))));
            return;
        }
        bot.setItems(all);
        bot.setItemLabelGenerator(Bot::name);
        bot.setAriaLabel(getTranslation("simulator.bot"));
        bot.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                open(change.getValue(), visitor);
            }
        });
        addActions(bot, Buttons.plain(getTranslation("simulator.startover"), VaadinIcon.REFRESH, this::startOver));
        Div stage = new Div(phone);
        stage.addClassName("sb-stage");
        add(stage);
        live.followConversations(this, tenant, change -> change.conversation().equals(conversation), this::refresh);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (all.isEmpty()) {
            return;
        }
        String wanted = Addresses.query(event, "bot");
        Bot chosen = all.stream()
                .filter(candidate -> candidate.id().toString().equals(wanted))
                .findFirst()
                .orElse(all.getFirst());
        bot.setValue(chosen);
        String named = Addresses.query(event, "visitor");
        visitor = named.isBlank() || named.length() > MAX_VISITOR_LENGTH ? ownName() : named;
        channel = simulator
                .channelFor(session.tenantFor(Permission.USE_SIMULATOR), chosen.id())
                .id();
        phone.turnTo(chosen.name());
        refresh();
    }

    /** A visitor of one's own, so that colleagues do not write into each other's conversation. */
    private String ownName() {
        return session.user().map(User::email).map(Object::toString).orElse("visitor");
    }

    private void startOver() {
        open(bot.getValue(), "visitor-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private void open(Bot chosen, String as) {
        Map<String, String> parameters = Map.of("bot", chosen.id().toString(), "visitor", as);
        getUI().ifPresent(ui -> ui.navigate("simulator", QueryParameters.simple(parameters)));
    }

    private void write(String text) {
        ChannelId to = channel;
        if (to != null) {
            simulator.write(session.tenantFor(Permission.USE_SIMULATOR), to, visitor, text);
            refresh();
        }
    }

    private void refresh() {
        ChannelId from = channel;
        if (from != null) {
            TenantId tenant = session.tenantFor(Permission.USE_SIMULATOR);
            conversation = conversations.findByUser(tenant, from, visitor).orElse(null);
            phone.show(simulator.conversation(tenant, from, visitor));
        }
    }
}
