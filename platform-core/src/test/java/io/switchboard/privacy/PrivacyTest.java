package io.switchboard.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.bots.Bot;
import io.switchboard.conversations.ConversationService;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.retrieval.Library;
import io.switchboard.simulator.SimulatorService;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestChannels;
import io.switchboardtest.TestTenants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A tenant whose customers talk to its bot, and ways to find what is left of it. */
@SwitchboardTest
@Import({TestChannels.class, Library.class})
abstract class PrivacyTest {

    static final Actor OLIVIA = new Actor(UserId.next(), "Olivia Owner");

    @Autowired
    PrivacyService privacy;

    @Autowired
    TenancyService tenancy;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    ConversationService conversations;

    @Autowired
    SimulatorService simulator;

    @Autowired
    AuditService audit;

    @Autowired
    TestChannels channels;

    @Autowired
    Library library;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    InstallationSettings installation;

    @Autowired
    JdbcClient jdbc;

    /** Stands in nothing but what a test writes with it. */
    final String canary = "canary" + UUID.randomUUID().toString().replace("-", "");

    TenantId tenant;
    Bot bot;
    ChannelId channel;

    @BeforeEach
    void open() {
        tenant = TestTenants.on(tenancy, "standard");
        bot = channels.bot(tenant, Duration.ZERO);
        channel = simulator.channelFor(tenant, bot.id()).id();
    }

    /** A question and its answer. */
    ConversationId talk(String visitor, String text) {
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

    /** Puts a file beside the replies of a conversation, as a person sends one. */
    void attach(ConversationId conversation, String name, String content) {
        int files = transactions.call(
                tenant,
                () -> jdbc.sql("""
                                insert into reply_file (tenant_id, reply_id, name, media_type, size, sha256, content)
                                select tenant_id, id, :name, 'text/plain', octet_length(:content), 'none', :content
                                  from reply where tenant_id = :tenant and conversation_id = :conversation
                                """)
                        .param("name", name)
                        .param("content", content.getBytes(StandardCharsets.UTF_8))
                        .param("tenant", tenant.value())
                        .param("conversation", conversation.value())
                        .update());
        assertThat(files).isEqualTo(1);
    }

    List<String> strings(String sql) {
        return transactions.call(
                tenant,
                () -> jdbc.sql(sql).param(tenant.value()).query(String.class).list());
    }

    KnowledgeBaseId handbook(TenantId owner, String text) throws IOException {
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

    Map<String, Long> counts(TenantId owner) {
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

    List<String> tablesWith(String text) {
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

    /** Uploaded files and the index, byte by byte. */
    List<Path> filesWith(String text) throws IOException {
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
