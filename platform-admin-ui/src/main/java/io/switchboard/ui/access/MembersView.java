package io.switchboard.ui.access;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.LinkDelivery;
import io.switchboard.access.Member;
import io.switchboard.access.MemberChange;
import io.switchboard.access.MemberService;
import io.switchboard.access.PasswordResetService;
import io.switchboard.access.ResetOffer;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.HandOver;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.Arrays;

/** The people of a tenant, and those invited. */
@Route("members")
@Menu(title = "nav.members", icon = "vaadin:users", order = 9)
@PermitAll
@Requires(Permission.MANAGE_MEMBERS)
class MembersView extends Page {

    private static final int SHOWN = 1000;

    private final AccessService access;
    private final MemberService members;
    private final PasswordResetService resets;
    private final InvitationList invitations;
    private final HandOver handOver;
    private final Session session;
    private final Grid<Member> grid = Grids.list();

    MembersView(
            AccessService access,
            MemberService members,
            PasswordResetService resets,
            InvitationList invitations,
            PolicyPanel policy,
            HandOver handOver,
            Session session) {
        super("members");
        this.access = access;
        this.members = members;
        this.resets = resets;
        this.invitations = invitations;
        this.handOver = handOver;
        this.session = session;
        addActions(Buttons.primary(getTranslation("members.invite"), VaadinIcon.PLUS, invitations::invite));
        grid.addComponentColumn(this::person)
                .setHeader(getTranslation("member.person"))
                .setFlexGrow(3);
        grid.addComponentColumn(this::role).setHeader(getTranslation("role")).setFlexGrow(2);
        grid.addComponentColumn(this::actions).setHeader("").setWidth("4.5rem").setFlexGrow(0);
        add(grid, invitations, policy);
        fill();
    }

    private void fill() {
        var tenant = session.tenantFor(Permission.MANAGE_MEMBERS);
        grid.setItems(Pages.first(SHOWN, page -> access.members(tenant, page)));
        invitations.fill();
    }

    private Caller caller() {
        return session.callerFor(Permission.MANAGE_MEMBERS);
    }

    private Component person(Member member) {
        Span name = new Span(member.name());
        name.addClassName("sb-inbox-contact");
        Div first = new Div(name);
        first.addClassName("sb-row");
        if (session.user().filter(user -> user.id().equals(member.id())).isPresent()) {
            first.add(new Badge(getTranslation("member.you")));
        }
        Span email = new Span(member.email().value());
        email.addClassNames("sb-quiet", "sb-text");
        Div cell = new Div(first, email);
        cell.addClassName("sb-cell");
        return cell;
    }

    private Component role(Member member) {
        Caller caller = caller();
        if (!caller.mayGive(member.role())) {
            return new Badge(getTranslation("role." + member.role()));
        }
        Select<Role> select = new Select<>();
        select.setAriaLabel(getTranslation("member.role.of", member.name()));
        select.setItems(Arrays.stream(Role.values()).filter(caller::mayGive).toList());
        select.setItemLabelGenerator(choice -> getTranslation("role." + choice));
        select.setValue(member.role());
        select.setWidthFull();
        select.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                tell(
                        members.changeRole(caller().tenantId(), caller(), member.id(), change.getValue()),
                        getTranslation(
                                "member.role.changed", member.name(), getTranslation("role." + change.getValue())));
            }
        });
        return select;
    }

    private Component actions(Member member) {
        if (!caller().mayGive(member.role())) {
            return new Span();
        }
        Button more = Buttons.icon(VaadinIcon.ELLIPSIS_DOTS_V, getTranslation("member.more", member.name()), () -> {});
        ContextMenu menu = new ContextMenu(more);
        menu.setOpenOnClick(true);
        menu.addItem(getTranslation("member.reset"), click -> reset(member));
        menu.addItem(getTranslation("member.remove"), click -> confirmRemove(member));
        return more;
    }

    private void reset(Member member) {
        switch (resets.offer(caller().tenantId(), caller(), member.id())) {
            case ResetOffer.Offered(LinkDelivery link) -> handOver.resetLink(member.name(), member.email(), link);
            case ResetOffer.NotAllowed() -> Notice.problem(getTranslation("member.reset.elsewhere", member.name()));
            case ResetOffer.Unknown() -> fill();
        }
    }

    private void confirmRemove(Member member) {
        Dialogs.confirm(
                getTranslation("member.remove.title", member.name()),
                getTranslation("member.remove.sentence"),
                getTranslation("member.remove"),
                () -> tell(
                        members.remove(caller().tenantId(), caller(), member.id()),
                        getTranslation("member.removed", member.name())));
    }

    private void tell(MemberChange outcome, String done) {
        switch (outcome) {
            case DONE -> Notice.done(done);
            case UNKNOWN -> Notice.problem(getTranslation("member.gone"));
            case NOT_ALLOWED -> Notice.problem(getTranslation("role.toohigh"));
            case LAST_OWNER -> Notice.problem(getTranslation("member.lastowner"));
        }
        if (session.may(Permission.MANAGE_MEMBERS)) {
            fill();
        } else {
            getUI().ifPresent(ui -> ui.getPage().setLocation("."));
        }
    }
}
