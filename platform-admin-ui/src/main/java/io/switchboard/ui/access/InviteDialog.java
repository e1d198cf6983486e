package io.switchboard.ui.access;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.EmailField;
import io.switchboard.access.Caller;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Role;
import io.switchboard.ui.parts.Buttons;
import java.util.function.BiPredicate;

/** Asks whom to invite, and as what. */
class InviteDialog extends Dialog {

    private final transient BiPredicate<EmailAddress, Role> invite;
    private final EmailField email = new EmailField();
    private final RoleSelect role;

    /** @param invite answers whether the dialog is done */
    InviteDialog(Caller host, BiPredicate<EmailAddress, Role> invite) {
        this.invite = invite;
        setHeaderTitle(getTranslation("members.invite"));
        setWidth("30rem");
        email.setLabel(getTranslation("signin.email"));
        email.setErrorMessage(getTranslation("tenant.email.wrong"));
        email.setRequiredIndicatorVisible(true);
        email.setAutofocus(true);
        email.setWidthFull();
        role = new RoleSelect(host, Role.EDITOR);
        Div form = new Div(email, role);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("members.invite.submit"), VaadinIcon.CHECK, this::submit));
    }

    private void submit() {
        try {
            EmailAddress guest = new EmailAddress(email.getValue());
            email.setInvalid(false);
            if (invite.test(guest, role.getValue())) {
                close();
            }
        } catch (IllegalArgumentException _) {
            email.setInvalid(true);
        }
    }
}
