package io.switchboard.ui.signin;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import java.util.Set;

/** Asks for a code after a right password; the form is posted to the security filters, never to this view. */
@Route(value = "login/code", autoLayout = false)
@AnonymousAllowed
class CodeView extends DoorView implements BeforeEnterObserver {

    private final TextField code = new TextField();

    CodeView() {
        code.setLabel(getTranslation("code.code"));
        code.setHelperText(getTranslation("code.help"));
        code.setAutofocus(true);
        code.setWidthFull();
        code.getElement().setAttribute("name", "code").setAttribute("autocomplete", "one-time-code");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        Set<String> told =
                event.getLocation().getQueryParameters().getParameters().keySet();
        code.setErrorMessage(getTranslation(told.contains("wait") ? "account.toomany" : "code.wrong"));
        code.setInvalid(told.contains("wait") || told.contains("error"));
        show(getTranslation("code.title"), getTranslation("code.lead"), form(), otherPerson());
    }

    private Component form() {
        NativeButton submit = new NativeButton(getTranslation("signin.submit"));
        submit.getElement().setAttribute("type", "submit");
        submit.addClassName("sb-submit");
        Element form = new Element("form");
        form.setAttribute("method", "post").setAttribute("action", "login/code");
        form.getClassList().add("sb-form");
        form.appendChild(code.getElement(), submit.getElement());
        Div around = new Div();
        around.getElement().appendChild(form);
        return around;
    }

    private Component otherPerson() {
        Paragraph line = new Paragraph(new Anchor("login", getTranslation("code.back")));
        line.addClassName("sb-quiet");
        return line;
    }
}
