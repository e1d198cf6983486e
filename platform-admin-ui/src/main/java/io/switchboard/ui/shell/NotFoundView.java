package io.switchboard.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import io.switchboard.ui.parts.EmptyState;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletResponse;

/** For addresses that lead nowhere, and for those a visitor may not know of. */
@ParentLayout(Shell.class)
@PermitAll
class NotFoundView extends Div implements HasErrorParameter<NotFoundException> {

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        removeAll();
        addClassName("sb-page");
        add(new EmptyState(
                VaadinIcon.MAP_MARKER,
                getTranslation("notfound.title"),
                getTranslation("notfound.sentence"),
                home(this)));
        return HttpServletResponse.SC_NOT_FOUND;
    }

    static Component home(Component view) {
        Anchor home = new Anchor("", view.getTranslation("notfound.home"));
        home.addClassName("sb-link-button");
        return home;
    }
}
