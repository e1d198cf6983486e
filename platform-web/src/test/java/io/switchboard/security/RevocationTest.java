package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.switchboard.ApiClient;
import io.switchboard.Browserless;
import io.switchboard.WebTest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentStatus;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a suspension ends at once, by each path that leads in: session, access token, API key, queued job; the fifth, pages that update
 * themselves, is tried in a browser.
 *
 * <p>Checklist: ASVS 8.3.2 and 7.4.2.
 */
class RevocationTest extends WebTest {

    @Autowired
    TenancyService tenancy;

    @Autowired
    KnowledgeService knowledge;

    @Autowired
    SchedulerClient scheduler;

    @Test
    void path_1_session_ends_with_the_next_request_of_a_suspended_user_for_good() {
        SignedInOwner owner = newTenant();
        Browserless browser = new Browserless(port);
        browser.signIn(owner.owner().email().value(), PASSWORD);
        assertThat(browser.letIn()).isTrue();

        access.changeSuspension(owner.owner().id(), true);

        assertThat(browser.letIn()).isFalse();
        access.changeSuspension(owner.owner().id(), false);
        assertThat(browser.letIn()).as("the old session, once resumed").isFalse();
    }

    @Test
    void path_2_access_token_ends_with_the_next_request_of_a_suspended_user_or_tenant() {
        SignedInOwner owner = newTenant();
        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(200);

        tenancy.changeStatus(owner.tenant().id(), TenantStatus.SUSPENDED);
        assertThat(owner.api().get("/api/v1/knowledge-bases").status()).isEqualTo(403);
        tenancy.changeStatus(owner.tenant().id(), TenantStatus.ACTIVE);
        access.changeSuspension(owner.owner().id(), true);

        assertThat(owner.api().get("/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void path_3_api_key_ends_with_the_next_request_when_revoked_or_its_tenant_suspended() {
        SignedInOwner owner = newTenant();
        ApiClient.Reply created = owner.api().post("/api/v1/api-keys", Map.of("name", "Website", "role", "EDITOR"));
        ApiClient program = anonymous().withToken(created.text("key"));
        assertThat(program.get("/api/v1/knowledge-bases").status()).isEqualTo(200);

        tenancy.changeStatus(owner.tenant().id(), TenantStatus.SUSPENDED);
        assertThat(program.get("/api/v1/knowledge-bases").status()).isEqualTo(401);
        tenancy.changeStatus(owner.tenant().id(), TenantStatus.ACTIVE);
        owner.api().delete("/api/v1/api-keys/" + created.text("id"));

        assertThat(program.get("/api/v1/knowledge-bases").status()).isEqualTo(401);
    }

    @Test
    void path_5_queued_job_waits_while_its_tenant_is_suspended() {
        TenantId tenant = newTenant().tenant().id();
        KnowledgeBase base = knowledge.createKnowledgeBase(tenant, "Handbook", "en");
        tenancy.changeStatus(tenant, TenantStatus.SUSPENDED);

        DocumentAddition added = knowledge.addFaq(tenant, base.id(), "Do you have parking spaces?", "Yes, twelve.");

        Document document = ((DocumentAddition.Added) added).document();
        Awaitility.await()
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(10))
                .until(() -> status(tenant, document) == DocumentStatus.PENDING);
        tenancy.changeStatus(tenant, TenantStatus.ACTIVE);
        scheduler.getScheduledExecutions().stream()
                .filter(execution -> execution
                        .getTaskInstance()
                        .getId()
                        .contains(document.id().toString()))
                .forEach(execution -> scheduler.reschedule(
                        TaskInstanceId.of(
                                execution.getTaskInstance().getTaskName(),
                                execution.getTaskInstance().getId()),
                        Instant.now()));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> status(tenant, document) == DocumentStatus.READY);
    }

    private DocumentStatus status(TenantId tenant, Document document) {
        return knowledge.findDocument(tenant, document.id()).orElseThrow().status();
    }
}
