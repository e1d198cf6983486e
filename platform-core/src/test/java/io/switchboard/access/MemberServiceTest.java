package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class MemberServiceTest extends TenantTest {

    @Autowired
    MemberService members;

    @Autowired
    AuditService audit;

    @Test
    void changes_a_role_and_ends_a_membership() {
        User user = people.add(tenant, Role.EDITOR);

        assertThat(members.changeRole(tenant.id(), owner, user.id(), Role.ANALYST))
                .isEqualTo(MemberChange.DONE);
        assertThat(access.memberships(user.id())).extracting(Membership::role).containsExactly(Role.ANALYST);
        assertThat(members.remove(tenant.id(), owner, user.id())).isEqualTo(MemberChange.DONE);

        assertThat(access.memberships(user.id())).isEmpty();
        assertThat(access.findUser(user.id())).as("the account stays").isPresent();
        assertThat(members.remove(tenant.id(), owner, user.id())).isEqualTo(MemberChange.UNKNOWN);
        assertThat(audit.list(tenant.id(), PageRequest.first(10)).items())
                .extracting(AuditEntry::action)
                .containsExactly("removed", "given another role");
    }

    @Test
    void keeps_the_last_owner() {
        people.add(tenant, Role.ADMIN);

        assertThat(members.remove(tenant.id(), owner, founder.id())).isEqualTo(MemberChange.LAST_OWNER);
        assertThat(members.changeRole(tenant.id(), owner, founder.id(), Role.ADMIN))
                .isEqualTo(MemberChange.LAST_OWNER);
        assertThat(members.changeRole(tenant.id(), owner, founder.id(), Role.OWNER))
                .isEqualTo(MemberChange.DONE);
        assertThat(owners()).isEqualTo(1);
    }

    @Test
    void keeps_one_owner_however_many_leave_at_the_same_moment() throws Exception {
        List<UserId> owners = new ArrayList<>(List.of(founder.id()));
        for (int i = 0; i < 9; i++) {
            owners.add(people.add(tenant, Role.OWNER).id());
        }
        List<Callable<MemberChange>> leaving = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            UserId user = owners.get(i % owners.size());
            boolean demote = i / owners.size() % 2 == 0;
            leaving.add(() -> demote
                    ? members.changeRole(tenant.id(), owner, user, Role.ANALYST)
                    : members.remove(tenant.id(), owner, user));
        }

        List<MemberChange> outcomes = Race.of(leaving);

        assertThat(outcomes).hasSize(50).contains(MemberChange.DONE, MemberChange.LAST_OWNER);
        assertThat(owners()).isEqualTo(1);
    }

    @Test
    void lets_nobody_give_or_take_rights_they_have_not() {
        User other = people.add(tenant, Role.OWNER);
        User editor = people.add(tenant, Role.EDITOR);
        Caller admin = People.caller(tenant, people.add(tenant, Role.ADMIN), Role.ADMIN);

        assertThat(members.changeRole(tenant.id(), admin, editor.id(), Role.OWNER))
                .isEqualTo(MemberChange.NOT_ALLOWED);
        assertThat(members.changeRole(tenant.id(), admin, other.id(), Role.EDITOR))
                .isEqualTo(MemberChange.NOT_ALLOWED);
        assertThat(members.remove(tenant.id(), admin, other.id())).isEqualTo(MemberChange.NOT_ALLOWED);
        assertThat(members.changeRole(tenant.id(), admin, editor.id(), Role.ADMIN))
                .isEqualTo(MemberChange.DONE);
        assertThat(members.add(tenant.id(), admin, People.address("x"), "X", People.PASSWORD, Role.OWNER))
                .isEmpty();
    }

    @Test
    void does_not_show_another_tenants_members() {
        User theirs = people.add(people.found().tenant(), Role.EDITOR);

        assertThat(members.remove(tenant.id(), owner, theirs.id())).isEqualTo(MemberChange.UNKNOWN);
        assertThat(members.changeRole(tenant.id(), owner, theirs.id(), Role.AGENT))
                .isEqualTo(MemberChange.UNKNOWN);
        assertThat(access.memberships(theirs.id())).extracting(Membership::role).containsExactly(Role.EDITOR);
    }

    private long owners() {
        return access.members(tenant.id(), PageRequest.first(100)).items().stream()
                .filter(member -> member.role() == Role.OWNER)
                .count();
    }
}
