package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.PageRequest;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.Tenant;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Checklist: ASVS 6.5.1. */
class TwoFactorServiceTest extends TenantTest {

    @Autowired
    TwoFactorService twoFactor;

    @Autowired
    HelpDeskService desk;

    @Autowired
    AuditService audit;

    @Autowired
    SystemDatabase system;

    @Test
    void asks_for_a_code_once_an_app_has_proved_that_it_knows_the_secret() {
        Enrolment enrolment = twoFactor.begin(founder).orElseThrow();
        assertThat(enrolment.secret()).matches("[A-Z2-7]{32}");
        assertThat(enrolment.address())
                .startsWith("otpauth://totp/Switchboard:owner-")
                .contains("secret=" + enrolment.secret(), "issuer=Switchboard");
        assertThat(access.signIn(founder.email(), People.PASSWORD))
                .as("not confirmed yet")
                .isEqualTo(new SignIn.Accepted(founder));
        assertThat(twoFactor.confirm(founder.id(), "000000")).isEmpty();

        List<String> codes = twoFactor.confirm(founder.id(), code(enrolment, 0)).orElseThrow();

        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("([a-z2-7]{4}-){3}[a-z2-7]{4}"));
        assertThat(twoFactor.state(founder.id())).isEqualTo(new TwoFactorState(true, 10));
        assertThat(access.signIn(founder.email(), People.PASSWORD)).isEqualTo(new SignIn.SecondFactorNeeded(founder));
        assertThat(access.signIn(founder.email(), "wrong password")).isInstanceOf(SignIn.Refused.class);
        assertThat(twoFactor.begin(founder)).as("a second one").isEmpty();
    }

    @Test
    void accepts_no_code_twice_and_none_from_before() {
        Enrolment enrolment = enrol().enrolment();

        assertThat(twoFactor.check(founder.id(), code(enrolment, 0)))
                .as("the code that confirmed it")
                .isEqualTo(CodeCheck.WRONG);
        assertThat(twoFactor.check(founder.id(), code(enrolment, 1))).isEqualTo(CodeCheck.RIGHT);
        assertThat(twoFactor.check(founder.id(), code(enrolment, 1))).isEqualTo(CodeCheck.WRONG);
        assertThat(twoFactor.check(founder.id(), code(enrolment, 0))).isEqualTo(CodeCheck.WRONG);
    }

    @Test
    void lets_one_of_ten_through_who_use_a_code_at_the_same_moment() throws Exception {
        String code = code(enrol().enrolment(), 1);

        List<CodeCheck> outcomes = Race.of(10, () -> twoFactor.check(founder.id(), code));

        assertThat(outcomes).hasSize(10).filteredOn(CodeCheck.RIGHT::equals).hasSize(1);
    }

    @Test
    void takes_each_recovery_code_once_however_it_is_typed() throws Exception {
        List<String> codes = enrol().codes();

        List<CodeCheck> outcomes = Race.of(10, () -> twoFactor.check(founder.id(), codes.getFirst()));

        assertThat(outcomes).filteredOn(CodeCheck.RIGHT::equals).hasSize(1);
        assertThat(twoFactor.check(
                        founder.id(),
                        " " + codes.get(1).toUpperCase(Locale.ROOT).replace("-", " ")))
                .isEqualTo(CodeCheck.RIGHT);
        assertThat(twoFactor.state(founder.id()).recoveryCodes()).isEqualTo(8);
        List<String> fresh = twoFactor.renewRecoveryCodes(founder.id());
        assertThat(twoFactor.check(founder.id(), codes.get(2))).as("an old one").isEqualTo(CodeCheck.WRONG);
        assertThat(twoFactor.check(founder.id(), fresh.getFirst())).isEqualTo(CodeCheck.RIGHT);
    }

    @Test
    void stops_guessing_after_ten_wrong_codes() {
        Enrolment enrolment = enrol().enrolment();
        for (int i = 0; i < 10; i++) {
            assertThat(twoFactor.check(founder.id(), "000000")).isEqualTo(CodeCheck.WRONG);
        }

        assertThat(twoFactor.check(founder.id(), code(enrolment, 1))).isEqualTo(CodeCheck.TOO_MANY_ATTEMPTS);
    }

    @Test
    void keeps_the_secret_encrypted_and_bound_to_its_person() {
        Enrolled mine = enrol();
        byte[] secret = Base32.decode(mine.enrolment().secret()).orElseThrow();
        byte[] stored = system.jdbc()
                .sql("select secret from second_factor where user_id = ?")
                .param(founder.id().value())
                .query(byte[].class)
                .single();
        assertThat(stored).hasSizeGreaterThan(secret.length);
        assertThat(HexFormat.of().formatHex(stored))
                .doesNotContain(HexFormat.of().formatHex(secret));

        User thief = people.found().owner();
        twoFactor.begin(thief);
        system.jdbc()
                .sql("update second_factor set secret = ?, confirmed_at = now() where user_id = ?")
                .params(stored, thief.id().value())
                .update();

        assertThat(catchThrowable(() -> twoFactor.check(thief.id(), "000000")))
                .hasMessageContaining("cannot decrypt second_factor.secret");
    }

    @Test
    void closes_a_tenant_that_requires_it_to_those_who_have_none() {
        User member = people.add(tenant, Role.ADMIN);
        assertThat(twoFactor.require(tenant.id(), People.caller(tenant, member, Role.ADMIN), true))
                .as("an administrator")
                .isFalse();

        assertThat(twoFactor.require(tenant.id(), owner, true)).isTrue();

        assertThat(twoFactor.required(tenant.id())).isTrue();
        assertThat(access.memberships(founder.id()))
                .extracting(Membership::closed)
                .containsExactly(true);
        enrol();
        assertThat(access.memberships(founder.id()))
                .extracting(Membership::closed)
                .containsExactly(false);
        assertThat(access.memberships(member.id()))
                .extracting(Membership::closed)
                .containsExactly(true);
        assertThat(audit.list(tenant.id(), PageRequest.first(10)).items())
                .extracting(AuditEntry::action)
                .contains("required");
    }

    @Test
    void is_reset_by_an_operator_who_leaves_a_trail() {
        enrol();
        ApiSession session = access.openSession(founder);
        User operator = access.ensureOperator(People.address("operator"), People.PASSWORD);

        assertThat(desk.resetSecondFactor(operator, founder)).isTrue();

        assertThat(access.signIn(founder.email(), People.PASSWORD)).isInstanceOf(SignIn.Accepted.class);
        assertThat(twoFactor.state(founder.id())).isEqualTo(new TwoFactorState(false, 0));
        assertThat(access.refresh(session.refreshToken())).isInstanceOf(Refreshing.Refused.class);
        assertThat(audit.list(tenant.id(), PageRequest.first(1)).items())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("reset the second factor of");
                    assertThat(entry.actor()).isEqualTo(operator.actor());
                });
        assertThat(desk.resetSecondFactor(operator, founder)).as("again").isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> desk.resetSecondFactor(founder, founder));
        assertThat(desk.changeSuspension(operator, operator, true))
                .as("themselves")
                .isFalse();
    }

    @Test
    void does_not_show_another_tenants_policy() {
        twoFactor.require(tenant.id(), owner, true);
        Tenant other = people.found().tenant();

        assertThat(twoFactor.required(other.id())).isFalse();
        assertThat(twoFactor.require(other.id(), owner, true)).isFalse();
    }

    private record Enrolled(Enrolment enrolment, List<String> codes) {}

    private Enrolled enrol() {
        Enrolment enrolment = twoFactor.begin(founder).orElseThrow();
        return new Enrolled(
                enrolment, twoFactor.confirm(founder.id(), code(enrolment, 0)).orElseThrow());
    }

    /** What the app shows some steps from now. */
    private static String code(Enrolment enrolment, int steps) {
        return Totp.code(Base32.decode(enrolment.secret()).orElseThrow(), Totp.step(Instant.now()) + steps);
    }
}
