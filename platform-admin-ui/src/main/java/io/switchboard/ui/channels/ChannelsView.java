package io.switchboard.ui.channels;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Card;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The numbers through which customers reach the tenant's bots. */
@Route("channels")
@Menu(title = "nav.channels", icon = "vaadin:phone", order = 6)
@PermitAll
@Requires(Permission.READ_CHANNELS)
class ChannelsView extends Page {

    private static final int SHOWN = 500;

    private final BotService bots;
    private final TenantId tenant;

    ChannelsView(ChannelService channels, BotService bots, Session session) {
        super("channels");
        this.bots = bots;
        this.tenant = session.tenant();
        boolean editor = session.may(Permission.EDIT_CHANNELS);
        List<Channel> all = Pages.first(SHOWN, page -> channels.list(tenant, page));
        Div list = new Div();
        list.addClassName("sb-cards");
        all.forEach(channel -> list.add(card(channel)));
        boolean connected = all.stream().anyMatch(channel -> channel.provider() != ChannelProvider.SIMULATOR);
        if (connected && editor) {
            addActions(connectButton());
        }
        if (!connected) {
            add(empty(editor));
        }
        add(list);
    }

    private Component connectButton() {
        return Buttons.primary(
                getTranslation("channels.connect"),
                VaadinIcon.PLUS,
                () -> UI.getCurrent().navigate("channels/new"));
    }

    private Component empty(boolean editor) {
        Component[] actions = editor ? new Component[] {connectButton()} : new Component[0];
        return new EmptyState(
                VaadinIcon.PHONE, getTranslation("channels.empty"), getTranslation("channels.empty.sentence"), actions);
    }

    private Component card(Channel channel) {
        String bot = bots.find(tenant, channel.bot()).map(Bot::name).orElse("–");
        return new Card(
                "channels/" + channel.id(),
                channel.provider() == ChannelProvider.SIMULATOR ? VaadinIcon.MOBILE : VaadinIcon.PHONE,
                channel.name(),
                new ChannelBadge(channel),
                new Span(getTranslation("channel.provider." + channel.provider())),
                new Span(getTranslation("channel.answeredby", bot)));
    }
}
