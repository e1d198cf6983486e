package io.switchboard.ui.playground;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.switchboard.answering.Answer;
import io.switchboard.answering.AnswerModelException;
import io.switchboard.answering.AnsweringService;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.bots.BotsNavigation;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.UUID;

/** Ask a bot, see the answer, what it rests on and where the time went. Questions of one visit follow on each other. */
@Route("playground")
@Menu(title = "nav.playground", icon = "vaadin:play-circle-o", order = 4)
@PermitAll
@Requires(Permission.ASK_BOTS)
class PlaygroundView extends Page implements BeforeEnterObserver {

    private static final int BOTS = 500;
    private static final int MAX_QUESTION_LENGTH = 1000;

    private final AnsweringService answering;
    private final Session session;
    private final List<Bot> all;
    private final Select<Bot> bot = new Select<>();
    private final TextField question = new TextField();
    private final Div exchanges = new Div();

    private String thread = UUID.randomUUID().toString();

    PlaygroundView(AnsweringService answering, BotService bots, Session session) {
        super("playground");
        this.answering = answering;
        this.session = session;
        this.all = Pages.first(BOTS, page -> bots.list(session.tenant(), page));
        if (all.isEmpty()) {
            add(new EmptyState(
                    VaadinIcon.COMMENT_O,
                    getTranslation("bots.empty"),
                    getTranslation("playground.nobot"),
                    BotsNavigation.list(getTranslation("playground.tobots"))));
            return;
        }
        build();
    }

    private void build() {
        bot.setItems(all);
        bot.setItemLabelGenerator(Bot::name);
        bot.setAriaLabel(getTranslation("playground.bot"));
        bot.addValueChangeListener(change -> {
            startOver();
            if (change.isFromClient() && change.getValue() != null) {
                getUI().ifPresent(ui -> ui.navigate(
                        "playground",
                        QueryParameters.of("bot", change.getValue().id().toString())));
            }
        });
        question.setPlaceholder(getTranslation("playground.placeholder"));
        question.setAriaLabel(getTranslation("playground.placeholder"));
        question.setMaxLength(MAX_QUESTION_LENGTH);
        question.setAutofocus(true);
        question.addClassName("sb-grow");
        Button ask = Buttons.primary(getTranslation("playground.ask"), VaadinIcon.PAPERPLANE_O, this::ask);
        ask.addClickShortcut(Key.ENTER);
        ask.setDisableOnClick(true);
        ask.addClickListener(click -> ask.setEnabled(true));
        Div bar = new Div(bot, question, ask);
        bar.addClassName("sb-askbar");
        exchanges.addClassName("sb-stack");
        exchanges.getElement().setAttribute("aria-live", "polite");
        addActions(Buttons.quiet(getTranslation("playground.startover"), this::startOver));
        add(bar, exchanges);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (all.isEmpty()) {
            return;
        }
        String wanted = Addresses.query(event, "bot");
        bot.setValue(all.stream()
                .filter(candidate -> candidate.id().toString().equals(wanted))
                .findFirst()
                .orElse(all.getFirst()));
    }

    private void startOver() {
        thread = UUID.randomUUID().toString();
        exchanges.removeAll();
        exchanges.add(new EmptyState(
                VaadinIcon.PLAY_CIRCLE_O,
                getTranslation("playground.empty"),
                getTranslation("playground.empty.sentence")));
    }

    private void ask() {
        String text = question.getValue().strip();
        if (text.isEmpty()) {
            question.focus();
            return;
        }
        TenantId tenant = session.tenantFor(Permission.ASK_BOTS);
        Answer answer;
        try {
            answer = answering.ask(tenant, bot.getValue().live(), text, thread);
        } catch (AnswerModelException e) {
            Notice.problem(getTranslation("playground.nomodel", String.valueOf(e.getMessage())));
            return;
        }
        if (exchanges.getChildren().anyMatch(EmptyState.class::isInstance)) {
            exchanges.removeAll();
        }
        exchanges.addComponentAsFirst(new Exchange(text, answer));
        question.clear();
        question.focus();
    }
}
