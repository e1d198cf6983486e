package io.switchboard.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasElement;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import io.switchboard.access.Membership;
import io.switchboard.access.User;
import io.switchboard.channels.ChannelService;
import io.switchboard.doctor.NumberDoctor;
import io.switchboard.permissions.Requires;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frame: navigation on the left, the tenant at hand above it, the person signed in below. */
@Layout
@PermitAll
class Shell extends AppLayout {

    /** Pages that belong to an entry without lying below its path. */
    private static final Map<String, Set<String>> BELOW = Map.of("knowledge", Set.of("documents"));

    private final Session session;
    private final Alarm alarm;
    private final Div frame = new Div();

    Shell(Session session, ChannelService channels, NumberDoctor doctor, LiveUpdates live) {
        this.session = session;
        this.alarm = new Alarm(session, channels, doctor);
        frame.addClassName("sb-frame");
        session.membership()
                .ifPresent(membership ->
                        live.followChannels(this, membership.tenant().id(), alarm::fill));
        setPrimarySection(Section.DRAWER);
        Div top = new Div(brand());
        top.addClassName("sb-drawer-top");
        top.add(tenants(session.memberships()));
        Scroller navigation = new Scroller(navigation());
        navigation.addClassName("sb-drawer-nav");
        addToDrawer(top, navigation);
        session.user().ifPresent(user -> addToDrawer(userMenu(user)));
        DrawerToggle toggle = new DrawerToggle();
        toggle.setAriaLabel(getTranslation("shell.menu"));
        Div bar = new Div(toggle, brand());
        bar.addClassName("sb-navbar");
        addToNavbar(bar);
    }

    /** The alarm stands above whatever is shown. */
    @Override
    public void showRouterLayoutContent(HasElement content) {
        alarm.fill();
        frame.removeAll();
        frame.add(alarm);
        frame.getElement().appendChild(content.getElement());
        setContent(frame);
    }

    @Override
    public void removeRouterLayoutContent(@Nullable HasElement old) {
        if (old != null) {
            old.getElement().removeFromParent();
        }
    }

    private static Component brand() {
        Image logo = new Image("assets/logo.svg", "");
        logo.addClassName("sb-logo");
        Span name = new Span("Switchboard");
        Anchor home = new Anchor("", logo, name);
        home.addClassName("sb-brand");
        return home;
    }

    private Component tenants(List<Membership> memberships) {
        if (memberships.size() < 2) {
            Span name = new Span(memberships.stream()
                    .map(membership -> membership.tenant().name())
                    .findFirst()
                    .orElseGet(() -> getTranslation("shell.platform")));
            name.addClassName("sb-tenant-name");
            return name;
        }
        Select<Membership> select = new Select<>();
        select.setAriaLabel(getTranslation("shell.tenant"));
        select.setItems(memberships);
        select.setItemLabelGenerator(membership -> membership.tenant().name());
        session.membership().ifPresent(select::setValue);
        select.addClassName("sb-tenant-select");
        select.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                session.choose(change.getValue().tenant().id());
                getUI().ifPresent(ui -> ui.getPage().setLocation("."));
            }
        });
        return select;
    }

    private SideNav navigation() {
        SideNav nav = new SideNav();
        nav.getElement().setAttribute("aria-label", getTranslation("shell.navigation"));
        MenuConfiguration.getMenuEntries().stream()
                .filter(this::open)
                .map(this::item)
                .forEach(nav::addItem);
        return nav;
    }

    private boolean open(MenuEntry entry) {
        Class<?> view = entry.menuClass();
        Requires needs = view == null ? null : view.getAnnotation(Requires.class);
        return needs == null || session.may(needs.value());
    }

    private SideNavItem item(MenuEntry entry) {
        SideNavItem item = new SideNavItem(
                getTranslation(entry.title()), entry.path(), new Icon(Objects.requireNonNull(entry.icon())));
        String path = entry.path().replaceFirst("^/", "");
        item.setMatchNested(!path.isEmpty());
        item.setPathAliases(BELOW.getOrDefault(path, Set.of()));
        return item;
    }

    private Component userMenu(User user) {
        Avatar avatar = new Avatar(user.name());
        avatar.getElement().setAttribute("aria-hidden", "true");
        Span name = new Span(user.name());
        Span email = new Span(user.email().value());
        email.addClassName("sb-quiet");
        email.setVisible(!user.name().equals(user.email().value()));
        Div words = new Div(name, email);
        words.addClassName("sb-user-words");
        Div label = new Div(avatar, words);
        label.addClassName("sb-user");
        MenuBar bar = new MenuBar();
        bar.addThemeVariants(MenuBarVariant.TERTIARY);
        bar.addClassName("sb-user-menu");
        MenuItem root = bar.addItem(label);
        root.setAriaLabel(getTranslation("shell.user", user.name()));
        root.getSubMenu()
                .addItem(getTranslation("shell.account"), click -> getUI().ifPresent(ui -> ui.navigate("account")));
        root.getSubMenu().addItem(getTranslation("shell.signout"), click -> session.signOut());
        return bar;
    }
}
