package io.switchboard.ui.access;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.spring.annotation.SpringComponent;
import io.switchboard.access.Caller;
import io.switchboard.access.TwoFactorService;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;

/** What a tenant asks of its people; owners decide, administrators see it. */
@SpringComponent
@Scope(BeanDefinition.SCOPE_PROTOTYPE)
class PolicyPanel extends Div {

    private final transient TwoFactorService twoFactor;
    private final transient Session session;

    PolicyPanel(TwoFactorService twoFactor, Session session) {
        this.twoFactor = twoFactor;
        this.session = session;
        Caller caller = session.callerFor(Permission.MANAGE_MEMBERS);
        Checkbox required = new Checkbox(getTranslation("policy.secondfactor"));
        required.setValue(twoFactor.required(caller.tenantId()));
        required.setReadOnly(!caller.may(Permission.EDIT_ACCESS_POLICY));
        required.addValueChangeListener(change -> require(change.getValue()));
        Paragraph help = new Paragraph(getTranslation("policy.secondfactor.help"));
        help.addClassName("sb-quiet");
        Div body = new Div(required, help);
        body.addClassName("sb-form");
        add(new Panel(getTranslation("policy.title"), body));
    }

    private void require(boolean required) {
        Caller caller = session.callerFor(Permission.MANAGE_MEMBERS);
        if (twoFactor.require(caller.tenantId(), caller, required)) {
            Notice.done(getTranslation(required ? "policy.secondfactor.required" : "policy.secondfactor.free"));
        }
        if (session.membership().filter(membership -> membership.closed()).isPresent()) {
            getUI().ifPresent(ui -> ui.navigate("account"));
        }
    }
}
