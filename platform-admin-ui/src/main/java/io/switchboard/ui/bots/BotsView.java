package io.switchboard.ui.bots;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotService;
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

/** The bots of the tenant. */
@Route("bots")
@Menu(title = "nav.bots", icon = "vaadin:comment-o", order = 3)
@PermitAll
@Requires(Permission.READ_BOTS)
class BotsView extends Page {

    private static final int SHOWN = 500;

    BotsView(BotService bots, Session session) {
        super("bots");
        boolean editor = session.may(Permission.EDIT_BOTS);
        if (editor) {
            addActions(createButton());
        }
        List<Bot> all = Pages.first(SHOWN, page -> bots.list(session.tenant(), page));
        Div list = new Div();
        list.addClassName("sb-cards");
        all.forEach(bot -> list.add(card(bot)));
        add(all.isEmpty() ? empty(editor) : list);
    }

    private Component createButton() {
        return Buttons.primary(
                getTranslation("bots.create"),
                VaadinIcon.PLUS,
                () -> UI.getCurrent().navigate("bots/new"));
    }

    private Component empty(boolean editor) {
        Component[] actions = editor ? new Component[] {createButton()} : new Component[0];
        return new EmptyState(
                VaadinIcon.COMMENT_O, getTranslation("bots.empty"), getTranslation("bots.empty.sentence"), actions);
    }

    private Component card(Bot bot) {
        Badge live = new Badge(getTranslation("bot.live", bot.version()));
        live.addThemeVariants(BadgeVariant.SUCCESS);
        Span bases = new Span(
                getTranslation("bot.bases", bot.published().knowledgeBases().size()));
        Card card = new Card(BotsNavigation.path(bot.id()), VaadinIcon.COMMENT_O, bot.name(), live, bases);
        if (!bot.draft().equals(bot.published())) {
            Badge draft = new Badge(getTranslation("bot.changed"));
            draft.addThemeVariants(BadgeVariant.WARNING);
            card.add(draft);
        }
        return card;
    }
}
