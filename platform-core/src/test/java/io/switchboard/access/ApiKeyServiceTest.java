package io.switchboard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checklist: API keys. */
@SwitchboardTest
class ApiKeyServiceTest {

    @Autowired
    ApiKeyService keys;

    @Autowired
    TenancyService tenancy;

    @Autowired
    AuditService audit;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    TenantId tenant;

    @BeforeEach
    void newTenant() {
        tenant = TestTenants.on(tenancy, "standard");
    }

    @Test
    void stands_for_its_tenant_and_role() {
        ApiKeyCreation.Created created = create("Website", Role.EDITOR, null);

        Caller caller = keys.authenticate(created.text()).orElseThrow();

        assertThat(caller.tenantId()).isEqualTo(tenant);
        assertThat(caller.role()).isEqualTo(Role.EDITOR);
        assertThat(caller.operator()).isFalse();
        assertThat(caller.actor())
                .isEqualTo(new Actor(Actor.Kind.API_KEY, created.key().id().value(), "Website"));
    }

    @Test
    void holds_256_random_bits_of_which_nothing_but_a_hash_is_kept() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            texts.add(create("Key " + i, Role.ANALYST, null).text());
        }

        assertThat(texts).hasSize(20).allMatch(text -> text.matches("sbk_[a-z2-7]{8}_[a-z2-7]{52}"));
        String stored = transactions.call(
                tenant,
                () -> jdbc.sql("select string_agg(k::text, ' ') from api_key k where tenant_id = ?")
                        .param(tenant.value())
                        .query(String.class)
                        .single());
        assertThat(texts).allSatisfy(text -> {
            assertThat(stored).contains(text.substring(0, 12)).doesNotContain(text.substring(13));
        });
    }

    @Test
    void is_refused_when_a_single_character_differs() {
        String text = create("Website", Role.EDITOR, null).text();
        char last = text.charAt(text.length() - 2);

        String changed =
                text.substring(0, text.length() - 2) + (last == 'a' ? 'b' : 'a') + text.charAt(text.length() - 1);

        assertThat(keys.authenticate(changed)).isEmpty();
        assertThat(keys.authenticate(text.toUpperCase(Locale.ROOT))).isEmpty();
        assertThat(keys.authenticate(text + " ")).isEmpty();
        assertThat(keys.authenticate("")).isEmpty();
        assertThat(keys.authenticate(text)).isPresent();
    }

    @Test
    void ends_when_revoked_and_only_once() {
        ApiKeyCreation.Created created = create("Website", Role.EDITOR, null);

        assertThat(keys.revoke(tenant, owner(), created.key().id())).isTrue();

        assertThat(keys.authenticate(created.text())).isEmpty();
        assertThat(keys.revoke(tenant, owner(), created.key().id())).isFalse();
        assertThat(keys.list(tenant, PageRequest.first(10)).items()).isEmpty();
    }

    @Test
    void ends_when_it_expires() {
        ApiKeyCreation.Created created =
                create("Trial", Role.EDITOR, Instant.now().plus(Duration.ofHours(1)));
        assertThat(keys.authenticate(created.text())).isPresent();

        transactions.run(
                tenant,
                () -> jdbc.sql("update api_key set expires_at = now() - interval '1 second' where tenant_id = ?")
                        .param(tenant.value())
                        .update());

        assertThat(keys.authenticate(created.text())).isEmpty();
        assertThat(keys.list(tenant, PageRequest.first(10)).items())
                .singleElement()
                .satisfies(key -> assertThat(key.expired(Instant.now())).isTrue());
        assertThat(keys.create(
                        tenant, owner(), "Late", Role.EDITOR, Instant.now().minusSeconds(1)))
                .isInstanceOf(ApiKeyCreation.AlreadyExpired.class);
    }

    @Test
    void sleeps_while_its_tenant_is_suspended() {
        String text = create("Website", Role.EDITOR, null).text();

        tenancy.changeStatus(tenant, TenantStatus.SUSPENDED);
        assertThat(keys.authenticate(text)).isEmpty();

        tenancy.changeStatus(tenant, TenantStatus.ACTIVE);
        assertThat(keys.authenticate(text)).isPresent();
    }

    @Test
    void has_no_more_rights_than_its_maker() {
        Caller admin = person(Role.ADMIN);
        String adminKey =
                created(keys.create(tenant, admin, "Admin", Role.ADMIN, null)).text();
        Caller asKey = keys.authenticate(adminKey).orElseThrow();

        for (Caller maker : List.of(admin, asKey)) {
            assertThat(keys.create(tenant, maker, "Owner", Role.OWNER, null))
                    .isInstanceOf(ApiKeyCreation.RoleTooHigh.class);
            assertThat(keys.create(tenant, maker, "Agent", Role.AGENT, null))
                    .isInstanceOf(ApiKeyCreation.Created.class);
        }
    }

    @Test
    void tells_when_it_was_last_used() {
        ApiKeyCreation.Created created = create("Website", Role.EDITOR, null);
        assertThat(lastUse()).isNull();

        Instant before = Instant.now().minusSeconds(1);
        keys.authenticate(created.text());

        assertThat(lastUse()).isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void leaves_a_trail_in_the_audit() {
        ApiKeyCreation.Created created = create("Website", Role.ADMIN, null);
        Caller asKey = keys.authenticate(created.text()).orElseThrow();
        ApiKeyCreation.Created second = created(keys.create(tenant, asKey, "Second", Role.AGENT, null));
        keys.revoke(tenant, owner(), created.key().id());

        List<AuditEntry> entries = audit.list(tenant, PageRequest.first(10)).items();

        assertThat(entries)
                .extracting(entry -> entry.actor().kind() + " " + entry.action() + " " + entry.detail())
                .containsExactly(
                        "PERSON revoked Website", "API_KEY created Second, AGENT", "PERSON created Website, ADMIN");
        assertThat(entries.get(1).actor().id()).isEqualTo(created.key().id().value());
        assertThat(entries.get(1).objectId()).isEqualTo(second.key().id().value());
    }

    @Test
    void does_not_show_another_tenants_keys() {
        ApiKeyCreation.Created mine = create("Mine", Role.EDITOR, null);
        TenantId other = TestTenants.on(tenancy, "standard");

        assertThat(keys.list(other, PageRequest.first(10)).items()).isEmpty();
        assertThat(keys.revoke(other, owner(), mine.key().id())).isFalse();
        assertThat(keys.authenticate(mine.text())).isPresent();
    }

    private Instant lastUse() {
        return keys.list(tenant, PageRequest.first(1)).items().getFirst().lastUsedAt();
    }

    private ApiKeyCreation.Created create(String name, Role role, Instant expiresAt) {
        return created(keys.create(tenant, owner(), name, role, expiresAt));
    }

    private static ApiKeyCreation.Created created(ApiKeyCreation outcome) {
        return (ApiKeyCreation.Created) outcome;
    }

    private Caller owner() {
        return person(Role.OWNER);
    }

    private Caller person(Role role) {
        User user = new User(UserId.next(), new EmailAddress("olivia@example.org"), "Olivia", false, false, 1);
        return new Caller(new Identity.Person(user), tenancy.find(tenant).orElseThrow(), role);
    }
}
