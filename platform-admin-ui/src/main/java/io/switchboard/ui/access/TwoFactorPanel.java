package io.switchboard.ui.access;

import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.spring.annotation.SpringComponent;
import io.switchboard.access.CodeCheck;
import io.switchboard.access.TwoFactorService;
import io.switchboard.access.TwoFactorState;
import io.switchboard.access.User;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.NoTenantException;
import io.switchboard.ui.shell.Session;
import java.util.List;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;

/** One's own second factor: whether there is one, and what can be done about it. */
@SpringComponent
@Scope(BeanDefinition.SCOPE_PROTOTYPE)
class TwoFactorPanel extends Div {

    private final transient TwoFactorService twoFactor;
    private final transient Session session;
    private final Panel panel = new Panel(getTranslation("twofactor.title"));

    TwoFactorPanel(TwoFactorService twoFactor, Session session) {
        this.twoFactor = twoFactor;
        this.session = session;
        add(panel);
        fill();
    }

    private User user() {
        return session.user().orElseThrow(NoTenantException::new);
    }

    private void fill() {
        TwoFactorState state = twoFactor.state(user().id());
        Div body = state.on() ? on(state) : off();
        body.addClassName("sb-form");
        panel.show(body);
    }

    private Div off() {
        Paragraph sentence = new Paragraph(getTranslation("twofactor.off.sentence"));
        sentence.addClassName("sb-quiet");
        return new Div(
                sentence, new Div(Buttons.plain(getTranslation("twofactor.setup"), VaadinIcon.SHIELD, this::setUp)));
    }

    private Div on(TwoFactorState state) {
        Badge badge = new Badge(getTranslation("twofactor.on"));
        badge.addThemeVariants(BadgeVariant.SUCCESS);
        Paragraph sentence = new Paragraph(getTranslation("twofactor.on.sentence", state.recoveryCodes()));
        sentence.addClassName("sb-quiet");
        Div buttons = new Div(
                Buttons.plain(getTranslation("twofactor.renew"), VaadinIcon.REFRESH, this::renew),
                Buttons.quiet(getTranslation("twofactor.turnoff"), this::turnOff));
        buttons.addClassName("sb-row");
        return new Div(new Div(badge), sentence, buttons);
    }

    private void setUp() {
        twoFactor
                .begin(user())
                .ifPresentOrElse(
                        enrolment -> new TwoFactorDialog(
                                        enrolment,
                                        code -> twoFactor
                                                .confirm(user().id(), code)
                                                .map(this::done)
                                                .orElse(false))
                                .open(),
                        this::fill);
    }

    private boolean done(List<String> codes) {
        fill();
        show(codes);
        return true;
    }

    private void renew() {
        ask("twofactor.renew", "twofactor.renew.sentence", () -> done(twoFactor.renewRecoveryCodes(user().id())));
    }

    private void turnOff() {
        ask("twofactor.turnoff", "twofactor.turnoff.sentence", () -> {
            twoFactor.turnOff(user().id());
            Notice.done(getTranslation("twofactor.turnedoff"));
            fill();
        });
    }

    private void ask(String title, String sentence, Runnable deed) {
        new CodeDialog(getTranslation(title), getTranslation(sentence), code -> {
                    CodeCheck check = twoFactor.check(user().id(), code);
                    if (check == CodeCheck.RIGHT) {
                        deed.run();
                    }
                    return check;
                })
                .open();
    }

    private void show(List<String> codes) {
        OrderedList list = new OrderedList();
        list.addClassNames("sb-codes", "sb-mono");
        codes.forEach(code -> list.add(new ListItem(code)));
        Dialogs.showOnce(
                getTranslation("twofactor.codes"),
                getTranslation("twofactor.codes.kept"),
                new Paragraph(getTranslation("twofactor.codes.sentence")),
                list,
                Dialogs.warning(getTranslation("twofactor.codes.once")));
    }
}
