package io.switchboard.ui.bots;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** One bot: its draft to edit, and the step that makes it live. */
@Route("bots/:bot")
@PermitAll
@Requires(Permission.READ_BOTS)
class BotView extends Page implements BeforeEnterObserver {

    private static final int BASES = 500;
    private static final String NEW = "new";

    private final BotService bots;
    private final KnowledgeService knowledge;
    private final Session session;
    private final Badge state = new Badge();
    private final Button publish = Buttons.primary(getTranslation("bot.publish"), VaadinIcon.ROCKET, this::publish);
    private final BotForm form = new BotForm();
    private final Div foot = new Div();

    private BotId id = BotId.next();
    private boolean fresh;

    BotView(BotService bots, KnowledgeService knowledge, Session session) {
        super("bot");
        this.bots = bots;
        this.knowledge = knowledge;
        this.session = session;
        add(form, foot);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        TenantId tenant = session.tenant();
        boolean editor = session.may(Permission.EDIT_BOTS);
        List<KnowledgeBase> bases = Pages.first(BASES, page -> knowledge.knowledgeBases(tenant, page));
        form.offer(bases);
        form.setEditable(editor);
        fresh = NEW.equals(event.getRouteParameters().get("bot").orElse(""));
        if (fresh && !editor) {
            throw new NotFoundException();
        }
        clearActions();
        foot.removeAll();
        if (fresh) {
            form.startNew(bases);
            foot.add(form.footer(Buttons.primary(getTranslation("bot.create"), VaadinIcon.CHECK, this::save)));
            return;
        }
        id = new BotId(Addresses.id(event.getRouteParameters(), "bot"));
        Bot bot = bots.find(tenant, id).orElseThrow(() -> new NotFoundException("no such bot"));
        addActions(state, tryIt());
        if (editor) {
            addActions(publish);
            foot.add(form.footer(Buttons.plain(getTranslation("bot.save"), VaadinIcon.CHECK, this::save)));
        }
        show(bot);
    }

    private Anchor tryIt() {
        Anchor link = new Anchor(
                "playground?bot=" + id, VaadinIcon.PLAY_CIRCLE_O.create(), new Span(getTranslation("bot.try")));
        link.addClassName("sb-plain-button");
        return link;
    }

    private void show(Bot bot) {
        setHeading(bot.name(), getTranslation("bot.lead"));
        form.show(bot);
        boolean changed = !bot.draft().equals(bot.published());
        state.setText(getTranslation(changed ? "bot.draft" : "bot.live", bot.version()));
        state.getElement().getThemeList().clear();
        state.addThemeVariants(changed ? BadgeVariant.WARNING : BadgeVariant.SUCCESS);
        publish.setEnabled(changed);
    }

    private void save() {
        if (!form.complete()) {
            Notice.problem(getTranslation("form.incomplete"));
            return;
        }
        TenantId tenant = session.tenantFor(Permission.EDIT_BOTS);
        BotCreation outcome = fresh
                ? bots.create(tenant, form.name(), form.definition())
                : bots.changeDraft(tenant, id, form.name(), form.definition());
        switch (outcome) {
            case BotCreation.Saved(var bot) -> saved(bot);
            case BotCreation.UnknownKnowledgeBase _ -> Notice.problem(getTranslation("bot.base.gone"));
            case BotCreation.UnknownBot _ -> Notice.problem(getTranslation("bot.gone"));
        }
    }

    private void saved(Bot bot) {
        if (fresh) {
            Notice.done(getTranslation("bot.created", bot.name()));
            UI.getCurrent().navigate(BotsNavigation.path(bot.id()));
            return;
        }
        Notice.done(getTranslation("bot.saved"));
        show(bot);
    }

    private void publish() {
        bots.publish(session.tenantFor(Permission.EDIT_BOTS), id)
                .ifPresentOrElse(
                        bot -> {
                            Notice.done(getTranslation("bot.published", bot.version()));
                            show(bot);
                        },
                        () -> Notice.problem(getTranslation("bot.gone")));
    }
}
