package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class InvitationServiceTest extends TenantTest {

    @Autowired
    InvitationService invitations;

    @Autowired
    TenancyService tenancy;

    @Autowired
    AuditService audit;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void makes_an_account_and_a_member_of_whoever_holds_the_link() {
        EmailAddress email = People.address("guest");
        String token = invite(email, Role.EDITOR);
        assertThat(invitations.find(token)).contains(new OpenInvitation(tenant.name(), email, Role.EDITOR, false));

        Joining outcome = invitations.join(token, "Gita Guest", People.PASSWORD);

        User guest = ((Joining.Joined) outcome).user();
        assertThat(guest.email()).isEqualTo(email);
        assertThat(guest.name()).isEqualTo("Gita Guest");
        assertThat(access.signIn(email, People.PASSWORD)).isEqualTo(new SignIn.Accepted(guest));
        assertThat(access.memberships(guest.id())).containsExactly(new Membership(guest.id(), tenant, Role.EDITOR));
        assertThat(invitations.list(tenant.id(), PageRequest.first(10)).items()).isEmpty();
    }

    @Test
    void works_once() {
        String token = invite(People.address("once"), Role.EDITOR);
        invitations.join(token, "First", People.PASSWORD);

        assertThat(invitations.find(token)).isEmpty();
        assertThat(invitations.join(token, "Second", People.PASSWORD)).isInstanceOf(Joining.LinkInvalid.class);
    }

    @Test
    void lets_one_of_fifty_join_who_use_a_link_at_the_same_moment() throws Exception {
        EmailAddress email = People.address("race");
        String token = invite(email, Role.AGENT);

        List<Joining> outcomes = Race.of(50, () -> invitations.join(token, "Racer", People.PASSWORD));

        assertThat(outcomes)
                .hasSize(50)
                .filteredOn(Joining.Joined.class::isInstance)
                .hasSize(1);
        assertThat(joined())
                .filteredOn(entry -> entry.action().equals("joined"))
                .hasSize(1);
        assertThat(access.members(tenant.id(), PageRequest.first(50)).items()).hasSize(2);
    }

    @Test
    void lets_one_of_fifty_accept_who_have_an_account() throws Exception {
        User guest = people.found().owner();
        String token = invite(guest.email(), Role.AGENT);

        List<Joining> outcomes = Race.of(50, () -> invitations.accept(token, guest));

        assertThat(outcomes)
                .hasSize(50)
                .filteredOn(Joining.Joined.class::isInstance)
                .hasSize(1);
    }

    @Test
    void asks_somebody_with_an_account_to_sign_in() {
        User guest = people.found().owner();
        String token = invite(guest.email(), Role.ANALYST);
        assertThat(invitations.find(token).orElseThrow().accountExists()).isTrue();

        assertThat(invitations.join(token, "Thief", "another password")).isInstanceOf(Joining.AccountExists.class);
        assertThat(invitations.accept(token, people.found().owner()))
                .as("somebody else who got hold of the link")
                .isInstanceOf(Joining.LinkInvalid.class);
        assertThat(access.memberships(guest.id())).hasSize(1);

        assertThat(invitations.accept(token, guest)).isEqualTo(new Joining.Joined(guest));
        assertThat(access.memberships(guest.id())).hasSize(2);
        assertThat(access.signIn(guest.email(), People.PASSWORD)).isInstanceOf(SignIn.Accepted.class);
    }

    @Test
    void is_void_once_withdrawn_replaced_expired_or_its_tenant_suspended() {
        EmailAddress email = People.address("void");
        String replaced = invite(email, Role.EDITOR);
        String withdrawn = invite(email, Role.EDITOR);
        Invitation open =
                invitations.list(tenant.id(), PageRequest.first(10)).items().getFirst();
        assertThat(invitations.find(replaced)).isEmpty();
        assertThat(invitations.find(withdrawn)).isPresent();
        assertThat(invitations.withdraw(tenant.id(), owner, open.id())).isTrue();
        assertThat(invitations.withdraw(tenant.id(), owner, open.id())).isFalse();
        assertThat(invitations.find(withdrawn)).isEmpty();

        String late = invite(email, Role.EDITOR);
        tenancy.changeStatus(tenant.id(), TenantStatus.SUSPENDED);
        assertThat(invitations.find(late)).isEmpty();
        assertThat(invitations.join(late, "Late", People.PASSWORD)).isInstanceOf(Joining.LinkInvalid.class);
        tenancy.changeStatus(tenant.id(), TenantStatus.ACTIVE);
        transactions.run(
                tenant.id(),
                () -> jdbc.sql("update invitation set expires_at = now() - interval '1 second' where tenant_id = ?")
                        .param(tenant.id().value())
                        .update());
        assertThat(invitations.find(late)).isEmpty();
        assertThat(invitations.join(late, "Late", People.PASSWORD)).isInstanceOf(Joining.LinkInvalid.class);
        assertThat(access.findUser(email)).as("no account is left behind").isEmpty();
    }

    @Test
    void refuses_links_that_are_none() {
        for (String token : List.of("", "x", "ä", "a".repeat(43))) {
            assertThat(invitations.find(token)).as(token).isEmpty();
            assertThat(invitations.join(token, "Nobody", People.PASSWORD)).isInstanceOf(Joining.LinkInvalid.class);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> invitations.join("x", "Nobody", "short"));
    }

    @Test
    void gives_no_more_rights_than_the_host_has() {
        Caller admin = People.caller(tenant, people.add(tenant, Role.ADMIN), Role.ADMIN);

        assertThat(invitations.invite(tenant.id(), admin, People.address("x"), Role.OWNER))
                .isInstanceOf(Inviting.RoleTooHigh.class);
        assertThat(invitations.invite(
                        tenant.id(), owner, people.add(tenant, Role.AGENT).email(), Role.AGENT))
                .isInstanceOf(Inviting.AlreadyMember.class);
    }

    @Test
    void keeps_nothing_that_opens_the_door() {
        String token = invite(People.address("hash"), Role.EDITOR);

        String stored = transactions.call(
                tenant.id(),
                () -> jdbc.sql("select string_agg(i::text, ' ') from invitation i where tenant_id = ?")
                        .param(tenant.id().value())
                        .query(String.class)
                        .single());

        assertThat(token).hasSize(43);
        assertThat(stored).contains("EDITOR").doesNotContain(token);
    }

    @Test
    void does_not_show_another_tenants_invitations() {
        invite(People.address("mine"), Role.EDITOR);
        Invitation mine =
                invitations.list(tenant.id(), PageRequest.first(10)).items().getFirst();
        TenantId other = people.found().tenant().id();

        assertThat(invitations.list(other, PageRequest.first(10)).items()).isEmpty();
        assertThat(invitations.withdraw(other, owner, mine.id())).isFalse();
        assertThat(invitations.list(tenant.id(), PageRequest.first(10)).items()).hasSize(1);
    }

    private String invite(EmailAddress email, Role role) {
        Inviting.Invited invited = (Inviting.Invited) invitations.invite(tenant.id(), owner, email, role);
        assertThat(invited.link().mailed()).as("no mail server is named").isFalse();
        return String.valueOf(invited.link().handOver()).replace("invitation/", "");
    }

    private List<AuditEntry> joined() {
        return audit.list(tenant.id(), PageRequest.first(100)).items();
    }
}
