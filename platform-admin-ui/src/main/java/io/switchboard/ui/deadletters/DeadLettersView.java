package io.switchboard.ui.deadletters;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.audit.Actor;
import io.switchboard.conversations.DeadLetter;
import io.switchboard.conversations.DeadLetterOutcome;
import io.switchboard.conversations.DeadLetterService;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.LiveUpdates;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What failed for good, until somebody decides about it. */
@Route("dead-letters")
@Menu(title = "nav.deadletters", icon = "vaadin:exclamation-circle-o", order = 8)
@PermitAll
@Requires(Permission.READ_CONVERSATIONS)
class DeadLettersView extends Page {

    private static final int STEP = 100;

    private final DeadLetterService letters;
    private final Session session;
    private final DeadLetterGrid grid;
    private final Span chosen = new Span();
    private final Button retry;
    private final Button discard;
    private final Div bar;
    private final Button more;

    private int shown = STEP;

    DeadLettersView(DeadLetterService letters, Session session, LiveUpdates live, Clock clock) {
        super("deadletters");
        this.letters = letters;
        this.session = session;
        boolean mayAct = session.may(Permission.ANSWER_CONVERSATIONS);
        grid = new DeadLetterGrid(clock, mayAct, letter -> retry(List.of(letter)), letter -> confirm(List.of(letter)));
        retry = Buttons.plain(getTranslation("deadletters.retry"), VaadinIcon.REFRESH, () -> retry(chosen()));
        discard = Buttons.plain(getTranslation("deadletters.discard"), VaadinIcon.TRASH, () -> confirm(chosen()));
        bar = new Div(chosen, retry, discard);
        bar.addClassNames("sb-row", "sb-selection");
        more = Buttons.quiet(getTranslation("more"), this::showMore);
        grid.addSelectionListener(change -> showChoice());
        add(bar, grid, more);
        live.followConversations(this, session.tenant(), change -> true, this::fill);
        fill();
    }

    private List<DeadLetter> chosen() {
        return List.copyOf(grid.getSelectedItems());
    }

    /** What was chosen stays chosen, as long as it is in the list. */
    private void fill() {
        Set<ReplyId> before =
                grid.getSelectedItems().stream().map(DeadLetter::reply).collect(Collectors.toSet());
        TenantId tenant = session.tenantFor(Permission.READ_CONVERSATIONS);
        List<DeadLetter> all = Pages.first(shown + 1, page -> letters.list(tenant, page));
        List<DeadLetter> listed = all.subList(0, Math.min(shown, all.size()));
        grid.setItems(listed);
        listed.stream().filter(letter -> before.contains(letter.reply())).forEach(grid::select);
        more.setVisible(all.size() > shown);
        showChoice();
    }

    private void showMore() {
        shown += STEP;
        fill();
    }

    private void showChoice() {
        int count = grid.getSelectedItems().size();
        bar.setVisible(count > 0);
        chosen.setText(getTranslation("deadletters.chosen", count));
    }

    /** Answering again takes as long as a model takes, so the page does not wait for it. */
    private void retry(Collection<DeadLetter> some) {
        TenantId tenant = session.tenantFor(Permission.ANSWER_CONVERSATIONS);
        Actor actor = session.actor();
        UI ui = UI.getCurrent();
        List<ReplyId> replies = some.stream().map(DeadLetter::reply).toList();
        retry.setEnabled(false);
        grid.setEnabled(false);
        Notice.done(getTranslation("deadletters.retrying", replies.size()));
        Thread.ofVirtual().name("retry-dead-letters").start(() -> {
            Map<DeadLetterOutcome, Integer> outcomes = new EnumMap<>(DeadLetterOutcome.class);
            try {
                replies.forEach(reply -> outcomes.merge(letters.retry(tenant, reply, actor), 1, Integer::sum));
            } finally {
                // a failed update goes to the session's error handler
                var _ = ui.access(() -> retried(outcomes));
            }
        });
    }

    private void retried(Map<DeadLetterOutcome, Integer> outcomes) {
        retry.setEnabled(true);
        grid.setEnabled(true);
        int done = outcomes.getOrDefault(DeadLetterOutcome.DONE, 0);
        int failed = outcomes.getOrDefault(DeadLetterOutcome.FAILED_AGAIN, 0);
        if (done > 0) {
            Notice.done(getTranslation("deadletters.retried", done));
        }
        if (failed > 0) {
            Notice.problem(getTranslation("deadletters.failedagain", failed));
        }
        fill();
    }

    private void confirm(Collection<DeadLetter> some) {
        Dialogs.confirm(
                getTranslation("deadletters.discard.title", some.size()),
                getTranslation("deadletters.discard.sentence"),
                getTranslation("deadletters.discard"),
                () -> discard(some));
    }

    private void discard(Collection<DeadLetter> some) {
        TenantId tenant = session.tenantFor(Permission.ANSWER_CONVERSATIONS);
        Actor actor = session.actor();
        long discarded = some.stream()
                .filter(letter -> letters.discard(tenant, letter.reply(), actor) == DeadLetterOutcome.DONE)
                .count();
        Notice.done(getTranslation("deadletters.discarded", discarded));
        fill();
    }
}
