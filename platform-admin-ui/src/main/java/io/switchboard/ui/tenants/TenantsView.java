package io.switchboard.ui.tenants;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.access.AccessService;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.privacy.PrivacyNavigation;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.List;

/** All organisations of the installation, for the operator. */
@Route("tenants")
@Menu(title = "nav.tenants", icon = "vaadin:building-o", order = 20)
@RolesAllowed("OPERATOR")
class TenantsView extends Page {

    private static final int SHOWN = 1000;

    private final TenancyService tenancy;
    private final AccessService access;
    private final PrivacyNavigation privacy;
    private final Session session;
    private final Clock clock;
    private final List<String> plans;
    private final Grid<Tenant> grid = Grids.list();

    TenantsView(TenancyService tenancy, AccessService access, PrivacyNavigation privacy, Session session, Clock clock) {
        super("tenants");
        this.tenancy = tenancy;
        this.access = access;
        this.privacy = privacy;
        this.session = session;
        this.clock = clock;
        this.plans = tenancy.plans().stream().map(Plan::name).toList();
        addActions(Buttons.primary(getTranslation("tenants.create"), VaadinIcon.PLUS, this::create));
        grid.addComponentColumn(this::name)
                .setHeader(getTranslation("tenant.name"))
                .setFlexGrow(3);
        grid.addComponentColumn(this::plan)
                .setHeader(getTranslation("tenant.plan"))
                .setFlexGrow(1);
        grid.addComponentColumn(this::action).setHeader("").setAutoWidth(true).setFlexGrow(0);
        grid.setEmptyStateComponent(new EmptyState(
                VaadinIcon.BUILDING_O, getTranslation("tenants.empty"), getTranslation("tenants.empty.sentence")));
        add(grid);
        fill();
    }

    private void fill() {
        session.requireOperator();
        grid.setItems(Pages.first(SHOWN, tenancy::list));
    }

    private Component name(Tenant tenant) {
        Span name = new Span(tenant.name());
        name.addClassName("sb-inbox-contact");
        Badge status = new Badge(getTranslation("tenant.status." + tenant.status()));
        status.addThemeVariants(tenant.active() ? BadgeVariant.SUCCESS : BadgeVariant.WARNING);
        Div facts =
                new Div(status, new Span(tenant.slug().value()), Moments.label(tenant.createdAt(), clock.instant()));
        facts.addClassNames("sb-row", "sb-quiet");
        Div cell = new Div(name, facts);
        cell.addClassName("sb-cell");
        return cell;
    }

    private Component plan(Tenant tenant) {
        Select<String> select = new Select<>();
        select.setAriaLabel(getTranslation("tenant.plan.of", tenant.name()));
        select.setItems(plans);
        select.setValue(tenant.plan());
        select.setWidthFull();
        select.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                session.requireOperator();
                tenancy.changePlan(tenant.id(), change.getValue());
                Notice.done(getTranslation("tenant.plan.changed", tenant.name(), change.getValue()));
                fill();
            }
        });
        return select;
    }

    private Component action(Tenant tenant) {
        if (tenant.active()) {
            return Buttons.quiet(getTranslation("tenant.suspend"), () -> confirmSuspend(tenant));
        }
        Div actions = new Div(
                Buttons.quiet(getTranslation("tenant.resume"), () -> change(tenant.id(), TenantStatus.ACTIVE)),
                Buttons.icon(
                        VaadinIcon.TRASH,
                        getTranslation("tenant.erase.label", tenant.name()),
                        () -> privacy.eraseTenant(this, tenant, this::fill)));
        actions.addClassName("sb-row-actions");
        return actions;
    }

    private void confirmSuspend(Tenant tenant) {
        Dialogs.confirm(
                getTranslation("tenant.suspend.title", tenant.name()),
                getTranslation("tenant.suspend.sentence"),
                getTranslation("tenant.suspend"),
                () -> change(tenant.id(), TenantStatus.SUSPENDED));
    }

    private void change(TenantId tenant, TenantStatus status) {
        session.requireOperator();
        tenancy.changeStatus(tenant, status)
                .ifPresent(changed -> Notice.done(getTranslation("tenant.changed." + status, changed.name())));
        fill();
    }

    private void create() {
        new NewTenantDialog(session, access, plans, this::fill).open();
    }
}
