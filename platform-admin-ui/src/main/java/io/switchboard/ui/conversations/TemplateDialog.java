package io.switchboard.ui.conversations;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.conversations.TemplateMessage;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Takes a template and its values, shows what the customer will read, and sends it. */
class TemplateDialog extends Dialog {

    private final Select<MessageTemplate> template = new Select<>();
    private final Div fields = new Div();
    private final Div preview = new Div();
    private final Div outcome = new Div();
    private final List<TextField> values = new ArrayList<>();
    private final BiFunction<MessageTemplate, List<String>, TemplateMessage> send;

    /**
     * @param templates those that can be sent
     * @param send the dialog closes once it is under way
     */
    TemplateDialog(
            String customer,
            List<MessageTemplate> templates,
            BiFunction<MessageTemplate, List<String>, TemplateMessage> send) {
        this.send = send;
        setHeaderTitle(getTranslation("template.title", customer));
        setWidth("34rem");
        Paragraph lead = new Paragraph(getTranslation(templates.isEmpty() ? "template.none" : "template.lead"));
        lead.addClassName("sb-quiet");
        Div form = new Div(lead);
        form.addClassName("sb-form");
        add(form);
        getFooter().add(Buttons.quiet(getTranslation("cancel"), this::close));
        if (templates.isEmpty()) {
            return;
        }
        template.setLabel(getTranslation("template.template"));
        template.setItems(templates);
        template.setItemLabelGenerator(one -> one.name() + " · " + one.language());
        template.setWidthFull();
        template.addValueChangeListener(change -> choose(change.getValue()));
        fields.addClassName("sb-form");
        preview.addClassNames("sb-bubble", "sb-bubble-own");
        preview.getElement().setAttribute("role", "status");
        preview.getElement().setAttribute("aria-label", getTranslation("template.preview"));
        outcome.getElement().setAttribute("aria-live", "polite");
        Span label = new Span(getTranslation("template.preview"));
        label.addClassName("sb-quiet");
        form.add(template, fields, label, preview, outcome);
        getFooter().add(Buttons.primary(getTranslation("template.send"), VaadinIcon.PAPERPLANE_O, this::submit));
        template.setValue(templates.getFirst());
    }

    private void choose(MessageTemplate chosen) {
        fields.removeAll();
        values.clear();
        outcome.removeAll();
        for (MessageTemplate.Variable variable : chosen.variables()) {
            TextField field = new TextField();
            field.setLabel(label(chosen, variable));
            field.setMaxLength(MessageTemplate.MAX_VALUE_LENGTH);
            field.setRequiredIndicatorVisible(true);
            field.setWidthFull();
            field.setValueChangeMode(ValueChangeMode.EAGER);
            field.addValueChangeListener(change -> show());
            values.add(field);
            fields.add(field);
        }
        show();
    }

    private String label(MessageTemplate chosen, MessageTemplate.Variable variable) {
        return switch (variable.place()) {
            case HEADER -> getTranslation("template.value.HEADER", variable.name());
            case BODY -> getTranslation("template.value.BODY", variable.name());
            case BUTTON ->
                getTranslation(
                        "template.value.BUTTON",
                        chosen.buttons().get(variable.button()).text());
        };
    }

    private List<String> given() {
        return values.stream().map(TextField::getValue).toList();
    }

    private void show() {
        preview.removeAll();
        Paragraph text = new Paragraph(template.getValue().text(given()));
        text.addClassName("sb-text");
        preview.add(text);
        if (!template.getValue().buttons().isEmpty()) {
            preview.add(new Labels(template.getValue().buttons().stream()
                    .map(MessageTemplate.Button::text)
                    .toList()));
        }
    }

    private void submit() {
        if (!isOpened()) {
            return; // pressed twice, and the first press has sent it
        }
        outcome.removeAll();
        values.forEach(field -> field.setInvalid(false));
        switch (send.apply(template.getValue(), given())) {
            case TemplateMessage.Underway _ -> close();
            case TemplateMessage.UnknownConversation() -> close();
            case TemplateMessage.InvalidValues(var variable, var problem) -> {
                if (variable < 0 || variable >= values.size()) {
                    outcome.add(new Paragraph(getTranslation("template.values", problem)));
                } else {
                    TextField field = values.get(variable);
                    field.setErrorMessage(getTranslation("newchannel.refused", problem));
                    field.setInvalid(true);
                    field.focus();
                }
            }
            case TemplateMessage.Refused(var sentence, var remedy) -> {
                Paragraph what = new Paragraph(remedy);
                what.addClassName("sb-remedy");
                outcome.add(new Paragraph(sentence), what);
            }
        }
    }
}
