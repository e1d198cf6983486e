package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.database.SystemDatabase;
import io.switchboard.permissions.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Checklist: ASVS 6.4.3 and 7.4.3. */
class PasswordResetServiceTest extends TenantTest {

    private static final String NEXT = "a fresh password";

    @Autowired
    PasswordResetService resets;

    @Autowired
    AccountService accounts;

    @Autowired
    SystemDatabase system;

    @Test
    void sets_a_password_once_and_ends_everything_signed_in() {
        User user = people.add(tenant, Role.EDITOR);
        ApiSession session = access.openSession(user);
        String token = offer(user);
        assertThat(resets.find(token)).contains(user.email());

        assertThat(resets.redeem(token, NEXT)).isTrue();

        assertThat(access.signIn(user.email(), NEXT)).isInstanceOf(SignIn.Accepted.class);
        assertThat(access.signIn(user.email(), People.PASSWORD)).isInstanceOf(SignIn.Refused.class);
        assertThat(access.refresh(session.refreshToken())).isInstanceOf(Refreshing.Refused.class);
        assertThat(access.findSignedIn(session.id(), user.id(), user.tokenVersion()))
                .isEmpty();
        assertThat(access.findUser(user.id()).orElseThrow().tokenVersion())
                .as("ends browser sessions")
                .isGreaterThan(user.tokenVersion());
        assertThat(resets.find(token)).isEmpty();
        assertThat(resets.redeem(token, "yet another one")).isFalse();
    }

    @Test
    void lets_one_of_fifty_through_who_use_a_link_at_the_same_moment() throws Exception {
        String token = offer(people.add(tenant, Role.EDITOR));

        List<Boolean> outcomes = Race.of(50, () -> resets.redeem(token, NEXT));

        assertThat(outcomes).hasSize(50).filteredOn(done -> done).hasSize(1);
    }

    @Test
    void is_void_once_replaced_expired_or_its_person_suspended() {
        User user = people.add(tenant, Role.EDITOR);
        String replaced = offer(user);
        String open = offer(user);
        assertThat(resets.find(replaced)).isEmpty();
        assertThat(resets.redeem(replaced, NEXT)).isFalse();

        access.changeSuspension(user.id(), true);
        assertThat(resets.redeem(open, NEXT)).isFalse();
        access.changeSuspension(user.id(), false);
        system.jdbc()
                .sql("update password_reset set expires_at = now() - interval '1 second' where user_id = ?")
                .param(user.id().value())
                .update();

        assertThat(resets.find(open)).isEmpty();
        assertThat(resets.redeem(open, NEXT)).isFalse();
        assertThat(access.signIn(user.email(), People.PASSWORD)).isInstanceOf(SignIn.Accepted.class);
    }

    @Test
    void is_void_once_the_password_was_changed_or_everything_signed_out() {
        User user = people.add(tenant, Role.EDITOR);
        String token = offer(user);

        assertThat(accounts.changePassword(user.id(), People.PASSWORD, NEXT))
                .isInstanceOf(PasswordChange.Changed.class);

        assertThat(resets.find(token)).isEmpty();
    }

    @Test
    void hands_nobody_a_link_into_where_they_may_not_go() {
        Caller admin = People.caller(tenant, people.add(tenant, Role.ADMIN), Role.ADMIN);
        User elsewhere = people.add(tenant, Role.EDITOR);
        people.add(people.found().tenant(), Role.ANALYST, elsewhere.email());
        User operator = people.add(tenant, Role.EDITOR);
        access.ensureOperator(operator.email(), People.PASSWORD);

        assertThat(resets.offer(tenant.id(), admin, founder.id()))
                .as("more rights")
                .isInstanceOf(ResetOffer.NotAllowed.class);
        assertThat(resets.offer(tenant.id(), owner, elsewhere.id()))
                .as("works for others too")
                .isInstanceOf(ResetOffer.NotAllowed.class);
        assertThat(resets.offer(tenant.id(), owner, operator.id()))
                .as("runs the installation")
                .isInstanceOf(ResetOffer.NotAllowed.class);
        assertThat(system.jdbc()
                        .sql("select count(*) from password_reset where user_id in (?, ?, ?)")
                        .params(
                                founder.id().value(),
                                elsewhere.id().value(),
                                operator.id().value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void does_not_show_another_tenants_members() {
        User theirs = people.add(people.found().tenant(), Role.EDITOR);

        assertThat(resets.offer(tenant.id(), owner, theirs.id())).isInstanceOf(ResetOffer.Unknown.class);
    }

    @Test
    void changes_a_password_for_somebody_who_knows_the_present_one() {
        ApiSession session = access.openSession(founder);

        assertThat(accounts.changePassword(founder.id(), "wrong password", NEXT))
                .isInstanceOf(PasswordChange.WrongPassword.class);
        assertThat(access.findSignedIn(session.id(), founder.id(), founder.tokenVersion()))
                .isPresent();
        PasswordChange.Changed changed =
                (PasswordChange.Changed) accounts.changePassword(founder.id(), People.PASSWORD, NEXT);

        assertThat(access.signIn(founder.email(), NEXT)).isEqualTo(new SignIn.Accepted(changed.user()));
        assertThat(access.refresh(session.refreshToken())).isInstanceOf(Refreshing.Refused.class);
        assertThat(changed.user().tokenVersion()).isGreaterThan(founder.tokenVersion());
    }

    private String offer(User user) {
        ResetOffer.Offered offered = (ResetOffer.Offered) resets.offer(tenant.id(), owner, user.id());
        return String.valueOf(offered.link().handOver()).replace("reset/", "");
    }
}
