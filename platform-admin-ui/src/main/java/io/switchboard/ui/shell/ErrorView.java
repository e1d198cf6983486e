package io.switchboard.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.switchboard.ui.parts.EmptyState;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** Stands for a view that could not be opened because of a bug. */
@ParentLayout(Shell.class)
@PermitAll
class ErrorView extends Div implements HasErrorParameter<Exception> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        String id = PoliteErrors.log(parameter.getCaughtException());
        removeAll();
        addClassName("sb-page");
        add(new EmptyState(
                VaadinIcon.WARNING,
                getTranslation("error.title"),
                getTranslation("error.sentence", id),
                NotFoundView.home(this)));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }
}
