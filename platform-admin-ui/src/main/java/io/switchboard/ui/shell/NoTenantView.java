package io.switchboard.ui.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.switchboard.ui.parts.EmptyState;
import jakarta.annotation.security.PermitAll;

/** For somebody whose organisations are all suspended, or who was removed from them. */
@Route("no-tenant")
@PermitAll
class NoTenantView extends Div implements HasDynamicTitle {

    NoTenantView() {
        addClassName("sb-page");
        add(new EmptyState(VaadinIcon.OFFICE, getTranslation("notenant.title"), getTranslation("notenant.sentence")));
    }

    @Override
    public String getPageTitle() {
        return getTranslation("notenant.title") + " · Switchboard";
    }
}
