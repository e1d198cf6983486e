package io.switchboard.ui.access;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.access.ApiKeyCreation;
import io.switchboard.access.ApiKeyService;
import io.switchboard.access.Caller;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Role;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.CopyField;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.shell.Session;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Asks what a new key is for, makes it, and shows it this once. */
class NewApiKeyDialog extends Dialog {

    /** How long a key lives. */
    private enum Life {
        MONTH(Duration.ofDays(30)),
        QUARTER(Duration.ofDays(90)),
        YEAR(Duration.ofDays(365)),
        FOREVER(null);

        private final @Nullable Duration duration;

        Life(@Nullable Duration duration) {
            this.duration = duration;
        }
    }

    private final transient Session session;
    private final transient ApiKeyService keys;
    private final transient Clock clock;
    private final transient Runnable created;
    private final TextField name = new TextField();
    private final Select<Role> role;
    private final Select<Life> life = new Select<>();

    NewApiKeyDialog(Session session, ApiKeyService keys, Clock clock, Runnable created) {
        this.session = session;
        this.keys = keys;
        this.clock = clock;
        this.created = created;
        setHeaderTitle(getTranslation("apikeys.create"));
        setWidth("32rem");
        name.setLabel(getTranslation("apikey.name"));
        name.setHelperText(getTranslation("apikey.name.help"));
        name.setMaxLength(ApiKeyService.MAX_NAME_LENGTH);
        name.setErrorMessage(getTranslation("form.missing"));
        name.setRequiredIndicatorVisible(true);
        name.setAutofocus(true);
        name.setWidthFull();
        role = new RoleSelect(session.callerFor(Permission.MANAGE_API_KEYS), Role.EDITOR);
        life.setLabel(getTranslation("apikey.expiry"));
        life.setItems(Life.values());
        life.setItemLabelGenerator(choice -> getTranslation("apikey.expiry." + choice));
        life.setValue(Life.YEAR);
        life.setWidthFull();
        Div form = new Div(name, role, life);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("create"), VaadinIcon.CHECK, this::submit));
    }

    private void submit() {
        name.setInvalid(name.getValue().isBlank());
        if (name.isInvalid()) {
            return;
        }
        Caller caller = session.callerFor(Permission.MANAGE_API_KEYS);
        Duration duration = life.getValue().duration;
        Instant end = duration == null ? null : clock.instant().plus(duration);
        switch (keys.create(caller.tenantId(), caller, name.getValue(), role.getValue(), end)) {
            case ApiKeyCreation.Created(var key, var text) -> {
                created.run();
                show(key.name(), text);
            }
            case ApiKeyCreation.RoleTooHigh() -> Notice.problem(getTranslation("role.toohigh"));
            case ApiKeyCreation.AlreadyExpired() -> Notice.problem(getTranslation("apikey.expired"));
        }
    }

    private void show(String keyName, String text) {
        close();
        CopyField field = new CopyField(getTranslation("apikey.key"), text);
        field.addClassName("sb-secret");
        Span how = new Span(getTranslation("apikey.how"));
        how.addClassName("sb-quiet");
        Code header = new Code("Authorization: Bearer sbk_…");
        header.addClassName("sb-mono");
        Div use = new Div(how, header);
        use.addClassName("sb-cell");
        Dialogs.showOnce(
                getTranslation("apikey.created", keyName),
                getTranslation("apikey.kept"),
                Dialogs.warning(getTranslation("apikey.once")),
                field,
                use);
    }
}
