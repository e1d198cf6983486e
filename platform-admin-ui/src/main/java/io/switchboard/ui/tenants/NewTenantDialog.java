package io.switchboard.ui.tenants;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.EmailField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.switchboard.access.AccessService;
import io.switchboard.access.TenantFounding;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.Slug;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.shell.Session;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Asks for a new organisation, its plan, and the person who owns it. */
class NewTenantDialog extends Dialog {

    private static final int MAX_NAME_LENGTH = 120;
    private static final int MAX_SLUG_LENGTH = 40;

    private final transient Session session;
    private final transient AccessService access;
    private final transient Runnable created;
    private final TextField name = new TextField();
    private final TextField slug = new TextField();
    private final Select<String> plan = new Select<>();
    private final TextField ownerName = new TextField();
    private final EmailField email = new EmailField();
    private final PasswordField password = new PasswordField();

    NewTenantDialog(Session session, AccessService access, List<String> plans, Runnable created) {
        this.session = session;
        this.access = access;
        this.created = created;
        setHeaderTitle(getTranslation("tenants.create"));
        setWidth("30rem");
        label(name, "tenant.name");
        name.setMaxLength(MAX_NAME_LENGTH);
        name.setAutofocus(true);
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(change -> {
            if (slug.getValue().equals(suggest(change.getOldValue()))) {
                slug.setValue(suggest(change.getValue()));
            }
        });
        label(slug, "tenant.slug");
        slug.setHelperText(getTranslation("tenant.slug.help"));
        slug.setMaxLength(MAX_SLUG_LENGTH);
        plan.setLabel(getTranslation("tenant.plan"));
        plan.setItems(plans);
        plan.setValue(plans.contains("standard") ? "standard" : plans.getFirst());
        plan.setWidthFull();
        label(ownerName, "tenant.owner");
        ownerName.setMaxLength(MAX_NAME_LENGTH);
        label(email, "tenant.email");
        label(password, "tenant.password");
        password.setHelperText(getTranslation("tenant.password.help", AccessService.MIN_PASSWORD_LENGTH));
        password.getElement().setAttribute("autocomplete", "new-password");
        Div form = new Div(name, slug, plan, ownerName, email, password);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("create"), VaadinIcon.CHECK, this::submit));
    }

    private void label(TextFieldBase<?, String> field, String key) {
        field.setLabel(getTranslation(key));
        field.setRequiredIndicatorVisible(true);
        field.setWidthFull();
    }

    private void submit() {
        if (!complete()) {
            return;
        }
        session.requireOperator();
        NewTenant tenant = new NewTenant(name.getValue(), new Slug(slug.getValue()), plan.getValue());
        TenantFounding outcome = access.foundTenant(
                tenant, new EmailAddress(email.getValue()), ownerName.getValue().strip(), password.getValue());
        switch (outcome) {
            case TenantFounding.Founded founded -> {
                close();
                Notice.done(getTranslation("tenant.created", founded.tenant().name()));
                created.run();
            }
            case TenantFounding.SlugTaken() -> mark(slug, getTranslation("tenant.slug.taken"));
            case TenantFounding.UnknownPlan() -> Notice.problem(getTranslation("tenant.plan.gone"));
            case TenantFounding.OwnerExists() -> mark(email, getTranslation("tenant.owner.exists"));
        }
    }

    private boolean complete() {
        mark(name, name.getValue().isBlank() ? getTranslation("form.missing") : "");
        mark(slug, isSlug(slug.getValue()) ? "" : getTranslation("tenant.slug.wrong"));
        mark(ownerName, ownerName.getValue().isBlank() ? getTranslation("form.missing") : "");
        mark(email, isEmail(email.getValue()) ? "" : getTranslation("tenant.email.wrong"));
        int length = password.getValue().length();
        boolean fits = length >= AccessService.MIN_PASSWORD_LENGTH && length <= AccessService.MAX_PASSWORD_LENGTH;
        mark(password, fits ? "" : getTranslation("tenant.password.help", AccessService.MIN_PASSWORD_LENGTH));
        return !name.isInvalid()
                && !slug.isInvalid()
                && !ownerName.isInvalid()
                && !email.isInvalid()
                && !password.isInvalid();
    }

    private static void mark(TextFieldBase<?, String> field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
    }

    private static boolean isSlug(String text) {
        try {
            return !new Slug(text).value().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isEmail(String text) {
        try {
            return !new EmailAddress(text).value().isEmpty();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String suggest(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.substring(0, Math.min(plain.length(), MAX_SLUG_LENGTH));
    }
}
