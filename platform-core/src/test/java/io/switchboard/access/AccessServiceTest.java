package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Checklist: ASVS 6.3.8 (equal time), 10.4.5 (refresh tokens, reuse). */
@SwitchboardTest
class AccessServiceTest {

    private static final String PASSWORD = "correct horse battery";

    @Autowired
    AccessService access;

    @Autowired
    Users users;

    @Autowired
    Memberships memberships;

    @Autowired
    ApiSessions sessions;

    @Autowired
    TenantFounder founder;

    @Autowired
    Accounts accounts;

    @Autowired
    SecondFactors factors;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Test
    void signs_in_with_the_right_password_only() {
        TenantFounding.Founded founded = found("owner");
        EmailAddress email = founded.owner().email();

        assertThat(access.signIn(email, PASSWORD)).isEqualTo(new SignIn.Accepted(founded.owner()));
        assertThat(access.signIn(email, PASSWORD + " ")).isInstanceOf(SignIn.Refused.class);
        assertThat(access.signIn(address("nobody"), PASSWORD)).isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void reads_every_character_of_a_long_password() {
        String start = "ä".repeat(100);
        EmailAddress email = address("long");
        access.ensureOperator(email, start + "1");

        assertThat(access.signIn(email, start + "1")).isInstanceOf(SignIn.Accepted.class);
        assertThat(access.signIn(email, start + "2")).isInstanceOf(SignIn.Refused.class);
    }

    @Test
    void refuses_passwords_that_are_too_short_or_too_long() {
        assertThatIllegalArgumentException().isThrownBy(() -> access.ensureOperator(address("short"), "1234567"));
        assertThatIllegalArgumentException().isThrownBy(() -> access.ensureOperator(address("long"), "x".repeat(129)));
    }

    @Test
    void takes_as_long_for_an_unknown_address_as_for_a_wrong_password() {
        Passwords passwords = new Passwords();
        EmailAddress known = address("timing");
        users.findOrCreate(known, "Ann", passwords.encode(PASSWORD), false);
        AccessService real = new AccessService(users, memberships, sessions, passwords, founder, accounts, factors);

        long wrongPassword = medianNanos(() -> real.signIn(known, "wrong password"));
        long unknownAddress = medianNanos(() -> real.signIn(address("unknown"), "wrong password"));

        assertThat((double) unknownAddress / wrongPassword).isBetween(0.5, 2.0);
    }

    @Test
    void hashes_with_more_work_than_owasp_asks_for_at_least() {
        assertThat(new Passwords().encode(PASSWORD)).startsWith("{bcrypt-hmac-sha256}$2a$11$");
    }

    @Test
    void hashes_once_for_every_answer_whoever_asks() {
        CountingHash hash = new CountingHash();
        Passwords counted = new Passwords(hash);
        EmailAddress known = address("counted");
        User user = users.findOrCreate(known, "Ann", counted.encode(PASSWORD), false)
                .user();
        EmailAddress suspended = address("suspended");
        users.changeSuspension(
                users.findOrCreate(suspended, "Sue", counted.encode(PASSWORD), false)
                        .user()
                        .id(),
                true);
        AccessService counting = new AccessService(users, memberships, sessions, counted, founder, accounts, factors);

        Map<String, Supplier<SignIn>> attempts = new LinkedHashMap<>();
        attempts.put("right", () -> counting.signIn(known, PASSWORD));
        attempts.put("wrong", () -> counting.signIn(known, "wrong password"));
        attempts.put("unknown", () -> counting.signIn(address("unknown"), PASSWORD));
        attempts.put("suspended", () -> counting.signIn(suspended, PASSWORD));
        attempts.forEach((name, attempt) -> {
            int before = hash.comparisons.get();
            SignIn outcome = attempt.get();
            assertThat(hash.comparisons.get() - before).as(name).isEqualTo(1);
            assertThat(outcome)
                    .as(name)
                    .isEqualTo(name.equals("right") ? new SignIn.Accepted(user) : new SignIn.Refused());
        });
        assertThat(hash.compared).as("the cost is in the hash").allMatch(text -> text.startsWith("$2a$04$"));
    }

    /** Bcrypt at its cheapest, counting. */
    private static final class CountingHash implements PasswordEncoder {

        private final PasswordEncoder bcrypt = new BCryptPasswordEncoder(4);
        private final AtomicInteger comparisons = new AtomicInteger();
        private final List<String> compared = new ArrayList<>();

        @Override
        public String encode(CharSequence password) {
            return bcrypt.encode(password);
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
            comparisons.incrementAndGet();
            compared.add(hash);
            return bcrypt.matches(password, hash);
        }
    }

    @Test
    void refuses_a_suspended_user_at_once_and_for_every_token() {
        User user = found("suspended").owner();
        ApiSession session = access.openSession(user);
        assertThat(access.findSignedIn(session.id(), user.id(), user.tokenVersion()))
                .contains(user);

        access.changeSuspension(user.id(), true);

        assertThat(access.signIn(user.email(), PASSWORD)).isInstanceOf(SignIn.Refused.class);
        assertThat(access.findSignedIn(session.id(), user.id(), user.tokenVersion()))
                .isEmpty();
        assertThat(access.refresh(session.refreshToken())).isInstanceOf(Refreshing.Refused.class);

        User resumed = access.changeSuspension(user.id(), false).orElseThrow();
        assertThat(access.signIn(user.email(), PASSWORD)).isEqualTo(new SignIn.Accepted(resumed));
        assertThat(access.findSignedIn(session.id(), user.id(), user.tokenVersion()))
                .as("a token from before")
                .isEmpty();
    }

    @Test
    void founds_nothing_when_the_slug_or_the_plan_is_refused() {
        TenantFounding.Founded first = found("first");
        EmailAddress email = address("second");

        TenantFounding slugTaken = access.foundTenant(
                new NewTenant("Again", first.tenant().slug(), "standard"), email, "Second", PASSWORD);
        TenantFounding unknownPlan =
                access.foundTenant(new NewTenant("Plan", slug(), "golden"), email, "Second", PASSWORD);

        assertThat(slugTaken).isInstanceOf(TenantFounding.SlugTaken.class);
        assertThat(unknownPlan).isInstanceOf(TenantFounding.UnknownPlan.class);
        assertThat(access.findUser(email)).isEmpty();
    }

    @Test
    void gives_an_existing_user_a_second_tenant_only_with_their_own_password() {
        TenantFounding.Founded first = found("both");
        EmailAddress email = first.owner().email();
        Slug slug = slug();

        TenantFounding stranger =
                access.foundTenant(new NewTenant("B", slug, "standard"), email, "Ann", "another password");
        assertThat(stranger).isInstanceOf(TenantFounding.OwnerExists.class);
        assertThat(tenancy.findBySlug(slug)).isEmpty();

        TenantFounding same = access.foundTenant(new NewTenant("B", slug, "standard"), email, "Ann", PASSWORD);
        assertThat(same).isInstanceOf(TenantFounding.Founded.class);
        assertThat(access.memberships(first.owner().id()))
                .hasSize(2)
                .allSatisfy(membership -> assertThat(membership.role()).isEqualTo(Role.OWNER));
    }

    @Test
    void lists_memberships_in_active_tenants_only() {
        TenantFounding.Founded founded = found("active");
        UserId owner = founded.owner().id();
        assertThat(access.memberships(owner)).containsExactly(new Membership(owner, founded.tenant(), Role.OWNER));

        tenancy.changeStatus(founded.tenant().id(), TenantStatus.SUSPENDED);

        assertThat(access.memberships(owner)).isEmpty();
    }

    @Test
    void adds_a_member_once() {
        Tenant tenant = found("members").tenant();
        EmailAddress email = address("editor");

        User added =
                ((MemberAddition.Added) access.addMember(tenant.id(), email, "Eddie", PASSWORD, Role.EDITOR)).user();
        MemberAddition again = access.addMember(tenant.id(), email, "Other name", PASSWORD, Role.OWNER);

        assertThat(again).isInstanceOf(MemberAddition.AlreadyMember.class);
        assertThat(access.memberships(added.id())).containsExactly(new Membership(added.id(), tenant, Role.EDITOR));
        assertThat(access.signIn(email, PASSWORD)).isEqualTo(new SignIn.Accepted(added));
    }

    @Test
    void draws_nobody_into_a_tenant_without_their_password() {
        TenantFounding.Founded theirs = found("theirs");
        TenantFounding.Founded mine = found("mine");

        MemberAddition stolen =
                access.addMember(mine.tenant().id(), theirs.owner().email(), "Ann", "another password", Role.ANALYST);
        assertThat(stolen).isInstanceOf(MemberAddition.UserExists.class);
        assertThat(access.memberships(theirs.owner().id())).hasSize(1);

        MemberAddition agreed =
                access.addMember(mine.tenant().id(), theirs.owner().email(), "Ann", PASSWORD, Role.ANALYST);
        assertThat(agreed).isEqualTo(new MemberAddition.Added(theirs.owner()));
        assertThat(access.memberships(theirs.owner().id())).hasSize(2);
    }

    @Test
    void pages_through_the_members() {
        Tenant tenant = found("pages").tenant();
        for (int i = 0; i < 3; i++) {
            access.addMember(tenant.id(), address("member" + i), "Member " + i, PASSWORD, Role.AGENT);
        }

        List<Member> seen = new ArrayList<>();
        Slice<Member> slice = access.members(tenant.id(), PageRequest.first(2));
        seen.addAll(slice.items());
        slice = access.members(tenant.id(), new PageRequest(2, slice.next()));
        seen.addAll(slice.items());

        assertThat(slice.next()).isNull();
        assertThat(seen).extracting(Member::email).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void does_not_show_another_tenants_members() {
        TenantFounding.Founded mine = found("mine");
        TenantFounding.Founded theirs = found("theirs");

        assertThat(access.members(mine.tenant().id(), PageRequest.first(50)).items())
                .extracting(Member::id)
                .containsExactly(mine.owner().id());
        List<UUID> colleagues = transactions.call(
                mine.tenant().id(),
                () -> jdbc.sql("select id from app_user").query(UUID.class).list());
        assertThat(colleagues)
                .containsExactly(mine.owner().id().value())
                .doesNotContain(theirs.owner().id().value());
    }

    @Test
    void keeps_password_hashes_from_the_runtime_role() {
        Tenant tenant = found("hash").tenant();

        assertThat(catchThrowable(() -> transactions.call(
                        tenant.id(),
                        () -> jdbc.sql("select password_hash from app_user")
                                .query(String.class)
                                .list())))
                .isInstanceOf(DataAccessException.class)
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void exchanges_a_refresh_token_once_and_ends_the_sign_in_when_it_comes_again() {
        User user = found("refresh").owner();
        ApiSession first = access.openSession(user);
        ApiSession untouched = access.openSession(user);

        ApiSession second = refreshed(first.refreshToken());
        ApiSession third = refreshed(second.refreshToken());
        assertThat(third.id()).isEqualTo(first.id());
        assertThat(third.refreshToken()).isNotEqualTo(second.refreshToken());

        assertThat(access.refresh(first.refreshToken())).isInstanceOf(Refreshing.Refused.class);

        assertThat(access.refresh(third.refreshToken()))
                .as("the thief or the victim, whoever holds the last one")
                .isInstanceOf(Refreshing.Refused.class);
        assertThat(access.findSignedIn(first.id(), user.id(), user.tokenVersion()))
                .isEmpty();
        assertThat(access.refresh(untouched.refreshToken())).isInstanceOf(Refreshing.Refreshed.class);
    }

    @Test
    void refuses_refresh_tokens_that_are_none() {
        for (String token : List.of(
                "", "x", "ä", "A".repeat(64), "!".repeat(64), UUID.randomUUID().toString())) {
            assertThat(access.refresh(token)).as(token).isInstanceOf(Refreshing.Refused.class);
        }
    }

    @Test
    void ends_a_session_by_its_token() {
        ApiSession session = access.openSession(found("logout").owner());

        access.endSession(session.refreshToken());

        assertThat(access.refresh(session.refreshToken())).isInstanceOf(Refreshing.Refused.class);
    }

    @Test
    void keeps_the_password_of_an_operator_that_exists() {
        EmailAddress email = address("operator");
        User operator = access.ensureOperator(email, PASSWORD);

        User again = access.ensureOperator(email, "a new password");

        assertThat(operator.operator()).isTrue();
        assertThat(again).isEqualTo(operator);
        assertThat(access.signIn(email, PASSWORD)).isInstanceOf(SignIn.Accepted.class);
    }

    private ApiSession refreshed(String token) {
        return ((Refreshing.Refreshed) access.refresh(token)).session();
    }

    private TenantFounding.Founded found(String name) {
        return (TenantFounding.Founded) access.foundTenant(
                new NewTenant("Tenant of " + name, slug(), "standard"), address(name), "Ann " + name, PASSWORD);
    }

    private static EmailAddress address(String name) {
        return new EmailAddress(name + "-" + UUID.randomUUID() + "@example.org");
    }

    private static Slug slug() {
        return new Slug("a-" + UUID.randomUUID().toString().substring(0, 13));
    }

    private static long medianNanos(Runnable work) {
        long[] times = new long[7];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            work.run();
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        return times[times.length / 2];
    }
}
