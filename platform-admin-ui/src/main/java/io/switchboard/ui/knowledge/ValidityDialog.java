package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.knowledge.Validity;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Moments;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Asks who answers for knowledge, and which day is the last on which it holds. */
class ValidityDialog extends Dialog {

    private static final int MAX_OWNER_LENGTH = 120;

    private final TextField owner = new TextField();
    private final DatePicker lastDay = new DatePicker();

    /** Takes what was entered. */
    interface Save {

        /** @param validUntil the end of the last day where the visitor is; null: for ever */
        void accept(@Nullable String owner, @Nullable Instant validUntil);
    }

    ValidityDialog(Validity present, Save save) {
        setHeaderTitle(getTranslation("validity.title"));
        setWidth("28rem");
        owner.setLabel(getTranslation("validity.owner"));
        owner.setHelperText(getTranslation("validity.owner.help"));
        owner.setMaxLength(MAX_OWNER_LENGTH);
        owner.setWidthFull();
        owner.setValue(present.owner() == null ? "" : present.owner());
        lastDay.setLabel(getTranslation("validity.day"));
        lastDay.setHelperText(getTranslation("validity.day.help"));
        lastDay.setClearButtonVisible(true);
        lastDay.setWidthFull();
        lastDay.setValue(
                present.until() == null
                        ? null
                        : present.until().minusMillis(1).atZone(Moments.zone()).toLocalDate());
        Div form = new Div(owner, lastDay);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("validity.save"), VaadinIcon.CHECK, () -> submit(save)));
    }

    private void submit(Save save) {
        if (lastDay.isInvalid()) {
            return;
        }
        LocalDate day = lastDay.getValue();
        Instant until = day == null
                ? null
                : day.plusDays(1).atStartOfDay(Moments.zone()).toInstant();
        close();
        save.accept(owner.getValue().isBlank() ? null : owner.getValue().strip(), until);
    }
}
