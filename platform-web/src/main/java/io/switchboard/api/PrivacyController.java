package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.privacy.PrivacyService;
import io.switchboard.privacy.RetentionPolicy;
import io.switchboard.privacy.TenantExport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is kept of customers and of the tenant: handed out, erased, and for how long. */
@RestController
@RequestMapping("/api/v1")
class PrivacyController {

    private final PrivacyService privacy;
    private final TenantExport exports;

    PrivacyController(PrivacyService privacy, TenantExport exports) {
        this.privacy = privacy;
        this.exports = exports;
    }

    /** Everything that is stored about the customer of a conversation. */
    @GetMapping(path = "/conversations/{id}/person", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.MANAGE_PRIVACY)
    ResponseEntity<byte[]> exportPerson(Caller caller, @PathVariable UUID id) {
        return privacy.exportPerson(caller.tenantId(), new ConversationId(id), caller.actor())
                .map(json -> ResponseEntity.ok()
                        .header(HttpHeaders.CONTENT_DISPOSITION, attachment("person-" + id + ".json"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(json.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> ApiProblem.notFound("conversation"));
    }

    /** Removes everything about the customer of a conversation, for good. */
    @DeleteMapping("/conversations/{id}/person")
    @Requires(Permission.MANAGE_PRIVACY)
    ReceiptResponse erasePerson(Caller caller, @PathVariable UUID id) {
        return privacy.erasePerson(caller.tenantId(), new ConversationId(id), caller.actor())
                .map(ReceiptResponse::of)
                .orElseThrow(() -> ApiProblem.notFound("conversation"));
    }

    /** What was erased, newest first. */
    @GetMapping("/erasures")
    @Requires(Permission.MANAGE_PRIVACY)
    Slice<ReceiptResponse> erasures(Caller caller, PageRequest page) {
        return privacy.receipts(caller.tenantId(), page).map(ReceiptResponse::of);
    }

    /** Days; null keeps. */
    record Retention(
            @Nullable Integer messagesDays, @Nullable Integer recordsDays) {

        static Retention of(RetentionPolicy policy) {
            return new Retention(policy.messagesDays(), policy.recordsDays());
        }
    }

    @GetMapping("/retention")
    @Requires(Permission.MANAGE_PRIVACY)
    Retention retention(Caller caller) {
        return Retention.of(privacy.retention(caller.tenantId()));
    }

    @PutMapping("/retention")
    @Requires(Permission.MANAGE_PRIVACY)
    Retention changeRetention(Caller caller, @RequestBody Retention wanted) {
        requireDays("messagesDays", wanted.messagesDays(), RetentionPolicy.MIN_MESSAGES_DAYS);
        requireDays("recordsDays", wanted.recordsDays(), RetentionPolicy.MIN_RECORDS_DAYS);
        privacy.saveRetention(
                caller.tenantId(), new RetentionPolicy(wanted.messagesDays(), wanted.recordsDays()), caller.actor());
        return retention(caller);
    }

    private static void requireDays(String field, @Nullable Integer days, int min) {
        if (days != null && (days < min || days > RetentionPolicy.MAX_DAYS)) {
            throw ApiProblem.invalid(field, "must be from " + min + " to " + RetentionPolicy.MAX_DAYS + ", or null");
        }
    }

    /** The tenant's data as a ZIP. */
    @GetMapping(path = "/export", produces = "application/zip")
    @Requires(Permission.EXPORT_TENANT)
    ResponseEntity<InputStreamResource> export(Caller caller) throws IOException {
        Path file = exports.write(caller.tenantId(), caller.actor());
        long size = Files.size(file);
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment("switchboard-export.zip"))
                .contentType(MediaType.parseMediaType("application/zip"))
                .contentLength(size)
                .body(new InputStreamResource(Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE)));
    }

    private static String attachment(String name) {
        return ContentDisposition.attachment().filename(name).build().toString();
    }
}
