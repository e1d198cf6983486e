package io.switchboard.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.switchboard.access.AccessService;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.Role;
import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.bots.Bot;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.HandoverService;
import io.switchboard.database.SystemDatabase;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestChannels;
import io.switchboardtest.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person's and a tenant's data: handed out, erased, and swept away. */
@SwitchboardTest
@Import(TestChannels.class)
class PrivacyTest {

    private static final Actor OLIVIA = new Actor(UserId.next(), "Olivia Owner");

    @Autowired
    PrivacyService privacy;

    @Autowired
    TenantErasure erasure;

    @Autowired
    TenantExport exports;

    @Autowired
    RetentionSweep sweep;

    @Autowired
    TenancyService tenancy;

    @Autowired
    AccessService access;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    ConversationService conversations;

    @Autowired
    HandoverService handover;

    @Autowired
    SimulatorService simulator;

    @Autowired
    AuditService audit;

    @Autowired
    TestChannels channels;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    InstallationSettings installation;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SystemDatabase system;

    private final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
    private TenantId tenant;
    private Bot bot;
    private ChannelId channel;

    @BeforeEach
    void open() {
        tenant = TestTenants.on(tenancy, "standard");
        bot = channels.bot(tenant, Duration.ZERO);
        channel = simulator.channelFor(tenant, bot.id()).id();
    }

    @Test
    void has_a_rule_for_every_table_of_tenants() {
        List<String> tables = jdbc.sql("""
                        select c.relname from pg_class c
                          join pg_namespace n on n.oid = c.relnamespace
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                         where n.nspname = 'public' and c.relkind in ('r', 'p')
                        """).query(String.class).list();

        assertThat(tables).hasSizeGreaterThan(20);
        assertThat(DataRule.ALL)
                .as(
                        "tables with a rule in DataRule, which says what happens to their rows when a person or tenant is erased")
                .extracting(DataRule::table)
                .containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void erases_every_word_of_a_person_and_nothing_of_others() {
        ConversationId ann = talk("ann-" + canary, "My secret is " + canary);
        ConversationId ben = talk("ben", "Hello from Ben");
        assertThat(tablesWith(canary)).contains("contact", "inbox", "asked_question");
        Map<String, Long> before = counts(tenant);
        long answers = count("usage_ledger");

        ErasureReceipt receipt = privacy.erasePerson(tenant, ann, OLIVIA).orElseThrow();

        assertThat(tablesWith(canary)).isEmpty();
        assertThat(receipt.complete()).isTrue();
        Map<String, Long> after = counts(tenant);
        assertThat(receipt.removed())
                .allSatisfy(store -> assertThat(after.get(store.store()))
                        .as(store.store())
                        .isEqualTo(before.get(store.store()) - store.count()));
        assertThat(receipt.removed())
                .filteredOn(store -> store.count() > 0)
                .extracting(ErasureReceipt.Removed::store)
                .contains("inbox", "reply", "asked_question", "conversation", "contact");
        assertThat(conversations.messages(tenant, ben, PageRequest.first(10)).items())
                .hasSize(2);
        assertThat(count("usage_ledger")).as("figures stay").isEqualTo(answers);
        assertThat(privacy.receipts(tenant, PageRequest.first(10)).items()).containsExactly(receipt);
        assertThat(audit.list(tenant, PageRequest.first(10)).items())
                .anySatisfy(entry -> assertThat(entry.action()).isEqualTo("erased"));
        assertThat(privacy.erasePerson(tenant, ann, OLIVIA)).as("a second time").isEmpty();
    }

    @Test
    void hands_out_everything_about_a_person_and_nothing_about_others() {
        ConversationId ann = talk("ann", "My secret is " + canary);
        talk("ben", "Hello from Ben");

        String json = privacy.exportPerson(tenant, ann, OLIVIA).orElseThrow();

        assertThat(json)
                .contains(canary, "\"contact\"", "\"inbox\"", "\"reply\"")
                .doesNotContain("Hello from Ben");
    }

    @Test
    void does_not_show_another_tenants_person() {
        ConversationId ann = talk("ann", "My secret is " + canary);
        TenantId other = TestTenants.on(tenancy, "standard");

        assertThat(privacy.exportPerson(other, ann, OLIVIA)).isEmpty();
        assertThat(privacy.erasePerson(other, ann, OLIVIA)).isEmpty();
        assertThat(tablesWith(canary)).isNotEmpty();
    }

    @Test
    void erases_a_tenant_with_files_index_and_people_and_leaves_the_others_alone() throws IOException {
        TenantId other = TestTenants.on(tenancy, "standard");
        handbook(other, "Somebody else's handbook.");
        Map<String, Long> otherRows = counts(other);
        KnowledgeBaseId base = handbook(tenant, "The secret of the house is " + canary + ".");
        talk("ann-" + canary, "My secret is " + canary);
        EmailAddress email = new EmailAddress(canary + "@example.org");
        MemberAddition.Added member = (MemberAddition.Added)
                access.addMember(tenant, email, "Mia " + canary, "correct horse battery", Role.AGENT);
        audit.record(tenant, OLIVIA, "changed", "bot", bot.id().value(), canary);
        assertThat(filesWith(canary)).as("the scan finds what is there").isNotEmpty();

        assertThat(erasure.erase(tenant, OLIVIA)).isInstanceOf(TenantErasing.Active.class);
        tenancy.changeStatus(tenant, TenantStatus.SUSPENDED);
        ErasureReceipt receipt = ((TenantErasing.Erased) erasure.erase(tenant, OLIVIA)).receipt();

        assertThat(receipt.complete()).as(receipt.toString()).isTrue();
        assertThat(receipt.removed())
                .filteredOn(store -> store.count() > 0)
                .extracting(ErasureReceipt.Removed::store)
                .contains("inbox", "document", "channel", "channel_route", "audit_entry", "people", "files");
        assertThat(tablesWith(canary)).isEmpty();
        assertThat(filesWith(canary)).isEmpty();
        assertThat(access.findUser(email)).isEmpty();
        assertThat(access.findUser(member.user().id()).orElseThrow().suspended())
                .isTrue();
        Map<String, Long> left = counts(tenant);
        assertThat(left.remove("erasure_receipt")).isEqualTo(1);
        assertThat(left.values()).containsOnly(0L);
        assertThat(tenancy.find(tenant).orElseThrow().name()).isEqualTo("Erased");
        assertThat(counts(other)).isEqualTo(otherRows);
        assertThat(knowledge.findKnowledgeBase(tenant, base)).isEmpty();
        assertThat(((TenantErasing.Erased) erasure.erase(tenant, OLIVIA))
                        .receipt()
                        .complete())
                .as("may be asked for again")
                .isTrue();
    }

    @Test
    void keeps_the_audit_of_a_tenant_that_is_not_being_erased() {
        audit.record(tenant, OLIVIA, "changed", "bot", UUID.randomUUID(), null);
        var before = audit.list(tenant, PageRequest.first(100)).items();

        try {
            transactions.run(
                    tenant,
                    () -> jdbc.sql("delete from audit_entry where tenant_id = ?")
                            .param(tenant.value())
                            .update());
        } catch (DataAccessException _) {
            // refused outright is as good
        }

        system.jdbc()
                .sql("delete from audit_entry where tenant_id = ?")
                .param(tenant.value())
                .update();

        assertThat(audit.list(tenant, PageRequest.first(100)).items())
                .isNotEmpty()
                .isEqualTo(before);
        assertThatThrownBy(() -> transactions.run(
                        tenant,
                        () -> jdbc.sql("update audit_entry set actor = 'nobody'")
                                .update()))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void exports_a_tenant_without_its_secrets_and_nothing_of_others() throws IOException {
        handbook(tenant, "The handbook says " + canary + ".");
        channels.meta(tenant, bot);
        String token = transactions.call(
                tenant,
                () -> jdbc.sql("select verify_token from channel where tenant_id = ? and provider = 'META'")
                        .param(tenant.value())
                        .query(String.class)
                        .single());
        talk("ann", "Hello");
        TenantId other = TestTenants.on(tenancy, "standard");

        Path file = exports.write(tenant, OLIVIA);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .contains("README.txt", "tables/inbox.jsonl", "tables/document.jsonl")
                    .doesNotContain("tables/channel_credential.jsonl", "tables/tenant_keyset.jsonl")
                    .anyMatch(name -> name.startsWith("files/"));
            String everything = zip.stream()
                    .map(entry -> {
                        try {
                            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .collect(Collectors.joining());
            assertThat(everything)
                    .contains(canary, "Hello")
                    .doesNotContain(token, other.toString(), "ciphertext", "keyset");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void sweeps_old_messages_but_none_that_waits_for_its_answer() {
        ConversationId old = talk("old", "Long ago");
        ConversationId waiting = talk("waiting", "Also long ago");
        ConversationId recent = talk("recent", "Just now");
        handover.takeOver(tenant, waiting, OLIVIA);
        simulator.write(tenant, channel, "waiting", "Nobody has answered this " + canary);
        privacy.saveRetention(tenant, new RetentionPolicy(30, null), OLIVIA);
        age(List.of(old, waiting));

        sweep.round();

        assertThat(conversations.find(tenant, old)).isEmpty();
        assertThat(conversations
                        .messages(tenant, waiting, PageRequest.first(10))
                        .items())
                .extracting(message -> message.text())
                .containsExactly("Nobody has answered this " + canary);
        assertThat(conversations.messages(tenant, recent, PageRequest.first(10)).items())
                .hasSize(2);
        assertThat(audit.list(tenant, PageRequest.first(10)).items()).anySatisfy(entry -> {
            assertThat(entry.action()).isEqualTo("swept");
            assertThat(entry.actor().kind()).isEqualTo(Actor.Kind.SYSTEM);
        });
    }

    @Test
    void empties_what_providers_sent_and_keeps_the_messages() {
        ConversationId old = talk("old", "Long ago " + canary);
        privacy.saveRetention(tenant, new RetentionPolicy(null, 10), OLIVIA);
        age(List.of(old));

        sweep.round();

        assertThat(conversations.messages(tenant, old, PageRequest.first(10)).items())
                .hasSize(2);
        assertThat(strings("select raw from inbox where tenant_id = ?")).containsExactly("{}");
    }

    @Test
    void keeps_everything_of_a_tenant_that_has_said_nothing() {
        ConversationId old = talk("old", "Long ago");
        age(List.of(old));

        sweep.round();

        assertThat(conversations.messages(tenant, old, PageRequest.first(10)).items())
                .hasSize(2);
    }

    @Test
    void removes_files_that_no_row_refers_to() throws IOException {
        handbook(tenant, "The handbook.");
        Path directory = installation.dataDir().resolve("files").resolve(tenant.toString());
        Path wanted = onlyFile(directory);
        Path abandoned = Files.writeString(directory.resolve(UUID.randomUUID().toString()), canary);
        Path half = Files.writeString(directory.resolve(UUID.randomUUID() + ".part"), canary);
        Path fresh = Files.writeString(directory.resolve(UUID.randomUUID().toString()), "on its way");
        for (Path file : List.of(wanted, abandoned, half)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        }

        sweep.round();

        assertThat(abandoned).doesNotExist();
        assertThat(half).doesNotExist();
        assertThat(wanted).exists();
        assertThat(fresh).exists();
    }

    /** A question and its answer. */
    private ConversationId talk(String visitor, String text) {
        simulator.write(tenant, channel, visitor, text);
        ConversationId id = conversations.findByUser(tenant, channel, visitor).orElseThrow();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(conversations
                                .messages(tenant, id, PageRequest.first(10))
                                .items())
                        .hasSize(2)
                        .anySatisfy(message -> assertThat(message.status()).isEqualTo("DELIVERED")));
        return id;
    }

    private KnowledgeBaseId handbook(TenantId owner, String text) throws IOException {
        KnowledgeBaseId base =
                knowledge.createKnowledgeBase(owner, "Handbook", "en").id();
        DocumentAddition addition = knowledge.addFile(
                owner,
                base,
                "handbook.txt",
                "text/plain",
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(addition).isInstanceOf(DocumentAddition.Added.class);
        return base;
    }

    private void age(List<ConversationId> some) {
        for (ConversationId id : some) {
            transactions.run(tenant, () -> {
                for (String sql : List.of(
                        "update inbox set received_at = received_at - interval '40 days' where tenant_id = ? and conversation_id = ?",
                        "update reply set created_at = created_at - interval '40 days' where tenant_id = ? and conversation_id = ?",
                        "update conversation set last_message_at = last_message_at - interval '40 days' where tenant_id = ? and id = ?")) {
                    jdbc.sql(sql).params(tenant.value(), id.value()).update();
                }
                jdbc.sql("update contact set created_at = created_at - interval '40 days' where tenant_id = ?")
                        .param(tenant.value())
                        .update();
            });
        }
    }

    private long count(String table) {
        return counts(tenant).getOrDefault(table, 0L);
    }

    private Map<String, Long> counts(TenantId owner) {
        return transactions.call(
                owner,
                () -> readable()
                        .collect(Collectors.toMap(
                                table -> table,
                                table -> jdbc.sql("select count(*) from " + table + " where tenant_id = ?")
                                        .param(owner.value())
                                        .query(Long.class)
                                        .single())));
    }

    private List<String> tablesWith(String text) {
        return transactions.call(
                tenant,
                () -> readable()
                        .filter(table ->
                                jdbc.sql("select count(*) from " + table + " t where tenant_id = ? and t::text like ?")
                                                .params(tenant.value(), "%" + text + "%")
                                                .query(Long.class)
                                                .single()
                                        > 0)
                        .toList());
    }

    private static Stream<String> readable() {
        return DataRule.ALL.stream().map(DataRule::table).filter(table -> !table.equals("channel_route"));
    }

    private List<String> strings(String sql) {
        return transactions.call(
                tenant,
                () -> jdbc.sql(sql).param(tenant.value()).query(String.class).list());
    }

    private static Path onlyFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }

    /** Uploaded files and the index, byte by byte. */
    private List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String place : List.of("files", "index")) {
            Path directory = installation.dataDir().resolve(place);
            if (Files.notExists(directory)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }
}
