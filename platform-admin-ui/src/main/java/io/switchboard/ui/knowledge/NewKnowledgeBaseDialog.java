package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.ui.parts.Buttons;
import java.util.function.BiConsumer;

/** Asks for the name and language of a new knowledge base. */
class NewKnowledgeBaseDialog extends Dialog {

    private static final int MAX_NAME_LENGTH = 120;

    private final TextField name = new TextField();
    private final ComboBox<String> language = new ComboBox<>();

    NewKnowledgeBaseDialog(BiConsumer<String, String> create) {
        setHeaderTitle(getTranslation("knowledge.create"));
        setWidth("28rem");
        name.setLabel(getTranslation("knowledge.name"));
        name.setPlaceholder(getTranslation("knowledge.name.example"));
        name.setMaxLength(MAX_NAME_LENGTH);
        name.setRequiredIndicatorVisible(true);
        name.setAutofocus(true);
        name.setWidthFull();
        language.setLabel(getTranslation("knowledge.language"));
        language.setHelperText(getTranslation("knowledge.language.help"));
        language.setItems(Languages.all());
        language.setItemLabelGenerator(Languages::name);
        language.setValue("en");
        language.setRequired(true);
        language.setWidthFull();
        Div form = new Div(name, language);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("create"), VaadinIcon.CHECK, () -> submit(create)));
    }

    private void submit(BiConsumer<String, String> create) {
        boolean named = !name.getValue().isBlank();
        name.setErrorMessage(getTranslation("knowledge.name.missing"));
        name.setInvalid(!named);
        if (named && language.getValue() != null) {
            close();
            create.accept(name.getValue().strip(), language.getValue());
        }
    }
}
