package io.switchboard.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a table of tenants holds, in the order in which its rows can be removed. A test compares the rules with the database, so a new
 * table needs one.
 *
 * @param ofPerson condition on the rows of one customer, with the parameters {@code :contact} and {@code :conversation}; null where a
 *     row says nothing about any customer
 * @param exported whether a tenant's export has the table
 * @param hidden columns that no export has, since they open doors, mean nothing outside or are exported as files
 */
record DataRule(String table, @Nullable String ofPerson, boolean exported, Set<String> hidden) {

    private static final String OF_CONVERSATION = "conversation_id = :conversation";

    static final List<DataRule> ALL = List.of(
            person("inbox", OF_CONVERSATION),
            person("parked_status", """
                    (channel_id, provider_message_id) in (select r.channel_id, r.provider_message_id from reply r
                      where r.tenant_id = :tenant and r.conversation_id = :conversation)
                    """),
            new DataRule("reply_file", """
                    reply_id in (select r.id from reply r where r.tenant_id = :tenant and r.conversation_id = :conversation)
                    """.strip(), true, Set.of("content")),
            person("reply", OF_CONVERSATION),
            person("send_pace", "subject_id = :conversation"),
            person("asked_question", "key like 'turn/' || cast(:conversation as text) || '/%'"),
            person("conversation", "id = :conversation"),
            person("contact_alias", "contact_id = :contact"),
            person("contact", "id = :contact"),
            tenant("usage_ledger"),
            tenant("usage_reservation"),
            tenant("usage_counter"),
            secret("channel_credential"),
            // Nobody but the routing reads it; its rows go with their channels.
            secret("channel_route"),
            tenant("channel_examination"),
            tenant("webhook_delivery"),
            tenant("message_template"),
            tenant("template_sync"),
            tenant("channel", "key", "verify_token"),
            tenant("bot_version"),
            tenant("bot"),
            tenant("chunk"),
            secret("embedding"),
            secret("vector_model"),
            tenant("site_page"),
            tenant("document"),
            tenant("site"),
            tenant("knowledge_base"),
            tenant("delivery_policy"),
            tenant("retention_policy"),
            tenant("invitation", "token_hash"),
            tenant("access_policy"),
            secret("api_key"),
            secret("tenant_keyset"),
            tenant("membership"),
            tenant("audit_entry"),
            tenant("erasure_receipt"));

    private static DataRule person(String table, String condition) {
        return new DataRule(table, condition.strip(), true, Set.of());
    }

    private static DataRule tenant(String table, String... hidden) {
        return new DataRule(table, null, true, Set.copyOf(Arrays.asList(hidden)));
    }

    private static DataRule secret(String table) {
        return new DataRule(table, null, false, Set.of());
    }

    /** Of the tables that say something about customers, first what refers to others. */
    static List<DataRule> ofPersons() {
        return ALL.stream().filter(rule -> rule.ofPerson() != null).toList();
    }
}
