package io.switchboard.ui.shell;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.shared.ui.Transport;
import com.vaadin.flow.theme.aura.Aura;

/** What every page has: theme, our styles, push. Clicks travel by HTTP, so that the security filters see them. */
@Push(transport = Transport.WEBSOCKET_XHR)
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("assets/switchboard.css")
public class AdminPages implements AppShellConfigurator {

    private static final long serialVersionUID = 1L;

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "assets/logo.svg", "any");
        settings.setPageTitle("Switchboard");
        settings.addMetaTag("theme-color", "#0f766e");
    }
}
