package io.switchboard.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.audit.Actor;
import io.switchboard.conversations.HandoverService;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What tenants want to keep for a time only.
 *
 * <p>Checklist: data of people and organisations.
 */
class RetentionSweepTest extends PrivacyTest {

    @Autowired
    RetentionSweep sweep;

    @Autowired
    HandoverService handover;

    @Test
    void sweeps_old_messages_but_none_that_waits_for_its_answer() {
        ConversationId old = talk("old", "Long ago");
        ConversationId waiting = talk("waiting", "Also long ago");
        ConversationId recent = talk("recent", "Just now");
        attach(old, "old.txt", "Long ago");
        attach(recent, "recent.txt", "Just now");
        handover.takeOver(tenant, waiting, OLIVIA);
        simulator.write(tenant, channel, "waiting", "Nobody has answered this " + canary);
        privacy.saveRetention(tenant, new RetentionPolicy(30, null), OLIVIA);
        age(List.of(old, waiting));

        sweep.round();

        assertThat(conversations.find(tenant, old)).isEmpty();
        assertThat(strings("select name from reply_file where tenant_id = ?")).containsExactly("recent.txt");
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

    private static Path onlyFile(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }
}
