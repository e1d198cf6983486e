package io.switchboard.ui.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.access.ApiKey;
import io.switchboard.access.ApiKeyService;
import io.switchboard.access.Caller;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;

/** The keys by which a tenant's programs use the API. */
@Route("api-keys")
@Menu(title = "nav.apikeys", icon = "vaadin:key-o", order = 10)
@PermitAll
@Requires(Permission.MANAGE_API_KEYS)
class ApiKeysView extends Page {

    private static final int SHOWN = 1000;

    private final ApiKeyService keys;
    private final Session session;
    private final Clock clock;
    private final Grid<ApiKey> grid = Grids.list();

    ApiKeysView(ApiKeyService keys, Session session, Clock clock) {
        super("apikeys");
        this.keys = keys;
        this.session = session;
        this.clock = clock;
        addActions(Buttons.primary(getTranslation("apikeys.create"), VaadinIcon.PLUS, this::create));
        grid.addComponentColumn(this::name)
                .setHeader(getTranslation("apikey.key"))
                .setFlexGrow(3);
        grid.addComponentColumn(this::life)
                .setHeader(getTranslation("apikey.life"))
                .setFlexGrow(2);
        grid.addComponentColumn(this::action).setHeader("").setAutoWidth(true).setFlexGrow(0);
        grid.setEmptyStateComponent(new EmptyState(
                VaadinIcon.KEY_O, getTranslation("apikeys.empty"), getTranslation("apikeys.empty.sentence")));
        add(grid);
        fill();
    }

    private void fill() {
        var tenant = session.tenantFor(Permission.MANAGE_API_KEYS);
        grid.setItems(Pages.first(SHOWN, page -> keys.list(tenant, page)));
    }

    private Component name(ApiKey key) {
        Span name = new Span(key.name());
        name.addClassName("sb-inbox-contact");
        Span prefix = new Span(key.prefix() + "…");
        prefix.addClassName("sb-mono");
        Div facts = new Div(new Badge(getTranslation("role." + key.role())), prefix);
        facts.addClassNames("sb-row", "sb-quiet");
        Div cell = new Div(name, facts);
        cell.addClassName("sb-cell");
        return cell;
    }

    private Component life(ApiKey key) {
        Instant now = clock.instant();
        Div cell = new Div(new Span(
                key.lastUsedAt() == null
                        ? getTranslation("apikey.unused")
                        : getTranslation("apikey.used", Moments.full(key.lastUsedAt()))));
        cell.addClassName("sb-cell");
        if (key.expired(now)) {
            Badge expired = new Badge(getTranslation("apikey.expired"));
            expired.addThemeVariants(BadgeVariant.WARNING);
            cell.add(expired);
        } else {
            cell.add(quiet(
                    key.expiresAt() == null
                            ? getTranslation("apikey.forever")
                            : getTranslation("apikey.until", Moments.date(key.expiresAt()))));
        }
        cell.add(quiet(getTranslation("apikey.made", key.createdBy(), Moments.date(key.createdAt()))));
        return cell;
    }

    private static Span quiet(String text) {
        Span span = new Span(text);
        span.addClassName("sb-quiet");
        return span;
    }

    private Component action(ApiKey key) {
        Button revoke = Buttons.quiet(getTranslation("apikey.revoke"), () -> confirmRevoke(key));
        revoke.setAriaLabel(getTranslation("apikey.revoke.label", key.name()));
        return revoke;
    }

    private void confirmRevoke(ApiKey key) {
        Dialogs.confirm(
                getTranslation("apikey.revoke.title", key.name()),
                getTranslation("apikey.revoke.sentence"),
                getTranslation("apikey.revoke"),
                () -> {
                    Caller caller = session.callerFor(Permission.MANAGE_API_KEYS);
                    keys.revoke(caller.tenantId(), caller, key.id());
                    Notice.done(getTranslation("apikey.revoked", key.name()));
                    fill();
                });
    }

    private void create() {
        new NewApiKeyDialog(session, keys, clock, this::fill).open();
    }
}
