package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.audit.Actor;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditFilter;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ExtendedServletRequestDataBinder;

/** Who did what to which object, from where and when; newest first. */
@RestController
@RequestMapping("/api/v1")
class AuditController {

    private final AuditService audit;

    AuditController(AuditService audit) {
        this.audit = audit;
    }

    /** Without this, a header that is called as a filter is would filter too. */
    @InitBinder
    void readParametersOnly(ExtendedServletRequestDataBinder binder) {
        binder.addHeaderPredicate(header -> false);
    }

    /**
     * An entry.
     *
     * @param objectId null for a thing that is known by its name
     * @param address null for what the program did by itself
     */
    record EntryResponse(
            UUID id,
            Instant at,
            Actor.Kind actorKind,
            UUID actorId,
            String actor,
            String action,
            String object,
            @Nullable UUID objectId,
            @Nullable String detail,
            @Nullable String address,
            @Nullable String userAgent) {

        static EntryResponse of(AuditEntry entry) {
            return new EntryResponse(
                    entry.id(),
                    entry.at(),
                    entry.actor().kind(),
                    entry.actor().id(),
                    entry.actor().name(),
                    entry.action(),
                    entry.object(),
                    entry.objectId(),
                    entry.detail(),
                    entry.origin().address(),
                    entry.origin().agent());
        }
    }

    @GetMapping("/audit")
    @Requires(Permission.READ_AUDIT)
    Slice<EntryResponse> list(Caller caller, PageRequest page, @ModelAttribute @ParameterObject AuditFilter filter) {
        return audit.list(caller.tenantId(), filter, page).map(EntryResponse::of);
    }

    /** The same as a table for spreadsheets. */
    @GetMapping("/audit/export")
    @Requires(Permission.READ_AUDIT)
    void export(Caller caller, @ModelAttribute @ParameterObject AuditFilter filter, HttpServletResponse response)
            throws IOException {
        Writer table = table(response, "audit.csv");
        audit.export(caller.tenantId(), filter, table);
        table.flush();
    }

    /** What operators did to tenants and to the installation. */
    @GetMapping("/operator-audit")
    @OperatorOnly
    Slice<EntryResponse> listOfOperators(PageRequest page, @ModelAttribute @ParameterObject AuditFilter filter) {
        return audit.listOfOperators(filter, page).map(EntryResponse::of);
    }

    @GetMapping("/operator-audit/export")
    @OperatorOnly
    void exportOfOperators(@ModelAttribute @ParameterObject AuditFilter filter, HttpServletResponse response)
            throws IOException {
        Writer table = table(response, "operator-audit.csv");
        audit.exportOfOperators(filter, table);
        table.flush();
    }

    /** Rows go out as they are read, so a long table takes no memory. */
    private static Writer table(HttpServletResponse response, String name) throws IOException {
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
        return new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    }
}
