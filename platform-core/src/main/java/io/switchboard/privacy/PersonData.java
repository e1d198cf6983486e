package io.switchboard.privacy;

import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditService;
import io.switchboard.conversations.ConversationChanged;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboard.privacy.ErasureReceipt.Subject;
import io.switchboard.retrieval.RecentVectors;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One customer on one channel: the contact, the conversation and every word in it. */
@Component
class PersonData {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Receipts receipts;
    private final AuditService audit;
    private final RecentVectors vectors;
    private final ApplicationEventPublisher events;
    private final JsonMapper json;
    private final Clock clock;

    PersonData(
            TenantTransactions transactions,
            JdbcClient jdbc,
            Receipts receipts,
            AuditService audit,
            RecentVectors vectors,
            ApplicationEventPublisher events,
            JsonMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.receipts = receipts;
        this.audit = audit;
        this.vectors = vectors;
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    private record Person(TenantId tenant, UUID conversation, UUID contact) {}

    /** Everything that is stored about the person, as a JSON document; empty if there is no such conversation. */
    Optional<String> export(TenantId tenant, ConversationId conversation, Actor actor) {
        return transactions.call(
                tenant,
                () -> find(tenant, conversation).map(person -> {
                    Map<String, List<JsonNode>> tables = new LinkedHashMap<>();
                    for (DataRule rule : DataRule.ofPersons().reversed()) {
                        tables.put(rule.table(), rows(person, rule));
                    }
                    audit.record(tenant, actor, "exported", "contact", person.contact(), null);
                    Map<String, Object> document = new LinkedHashMap<>();
                    document.put("exportedAt", clock.instant().toString());
                    document.put("contactId", person.contact().toString());
                    document.put("tables", tables);
                    return json.writerWithDefaultPrettyPrinter().writeValueAsString(document);
                }));
    }

    private List<JsonNode> rows(Person person, DataRule rule) {
        return bind(
                        person,
                        "select (to_jsonb(t) - 'tenant_id' - string_to_array(:hidden, ','))::text from " + rule.table()
                                + " t where tenant_id = :tenant and " + rule.ofPerson() + " order by 1")
                .param("hidden", String.join(",", rule.hidden()))
                .query(String.class)
                .list()
                .stream()
                .map(json::readTree)
                .toList();
    }

    /** Removes everything about the person at once; a turn that runs finds its conversation gone and writes nothing. */
    Optional<ErasureReceipt> erase(TenantId tenant, ConversationId conversation, Actor actor) {
        Optional<ErasureReceipt> receipt = transactions.call(
                tenant,
                () -> find(tenant, conversation).map(person -> {
                    lock(person);
                    List<Removed> removed = new ArrayList<>();
                    for (DataRule rule : DataRule.ofPersons()) {
                        String where = " where tenant_id = :tenant and " + rule.ofPerson();
                        long count = bind(person, "delete from " + rule.table() + where)
                                .update();
                        long left = bind(person, "select count(*) from " + rule.table() + where)
                                .query(Long.class)
                                .single();
                        removed.add(new Removed(rule.table(), count, left));
                    }
                    ErasureReceipt written = receipts.write(tenant, actor, Subject.PERSON, person.contact(), removed);
                    audit.record(tenant, actor, "erased", "contact", person.contact(), "receipt " + written.id());
                    return written;
                }));
        if (receipt.isPresent()) {
            vectors.forget(tenant);
            events.publishEvent(new ConversationChanged(tenant, conversation));
        }
        return receipt;
    }

    private Optional<Person> find(TenantId tenant, ConversationId conversation) {
        return jdbc.sql("select contact_id from conversation where tenant_id = ? and id = ?")
                .params(tenant.value(), conversation.value())
                .query(UUID.class)
                .optional()
                .map(contact -> new Person(tenant, conversation.value(), contact));
    }

    /** The contact first, as the webhook does. */
    private void lock(Person person) {
        bind(person, "select id from contact where tenant_id = :tenant and id = :contact for update")
                .query(UUID.class)
                .list();
        bind(person, "select id from conversation where tenant_id = :tenant and id = :conversation for update")
                .query(UUID.class)
                .list();
    }

    private JdbcClient.StatementSpec bind(Person person, String sql) {
        return jdbc.sql(sql)
                .param("tenant", person.tenant().value())
                .param("conversation", person.conversation())
                .param("contact", person.contact());
    }
}
