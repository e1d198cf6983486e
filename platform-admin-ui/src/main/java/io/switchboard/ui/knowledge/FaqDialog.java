package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.ui.parts.Buttons;
import java.util.function.BiConsumer;

/** Asks for a question and the answer that customers shall get to it. */
class FaqDialog extends Dialog {

    private static final int MAX_QUESTION_LENGTH = 300;
    private static final int MAX_ANSWER_LENGTH = 4000;

    private final TextField question = new TextField();
    private final TextArea answer = new TextArea();

    FaqDialog(BiConsumer<String, String> add) {
        setHeaderTitle(getTranslation("faq.add"));
        setWidth("36rem");
        question.setLabel(getTranslation("faq.question"));
        question.setPlaceholder(getTranslation("faq.question.example"));
        question.setMaxLength(MAX_QUESTION_LENGTH);
        question.setErrorMessage(getTranslation("faq.question.missing"));
        question.setRequiredIndicatorVisible(true);
        question.setAutofocus(true);
        question.setWidthFull();
        answer.setLabel(getTranslation("faq.answer"));
        answer.setMaxLength(MAX_ANSWER_LENGTH);
        answer.setErrorMessage(getTranslation("faq.answer.missing"));
        answer.setRequiredIndicatorVisible(true);
        answer.setMinRows(4);
        answer.setWidthFull();
        Div form = new Div(question, answer);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("faq.save"), VaadinIcon.CHECK, () -> submit(add)));
    }

    private void submit(BiConsumer<String, String> add) {
        question.setInvalid(question.getValue().isBlank());
        answer.setInvalid(answer.getValue().isBlank());
        if (!question.isInvalid() && !answer.isInvalid()) {
            close();
            add.accept(question.getValue().strip(), answer.getValue().strip());
        }
    }
}
