package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.knowledge.FaqImport;
import io.switchboard.knowledge.FaqImporting;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Tables of questions and answers. */
@RestController
class FaqController {

    private final FaqImport faqs;

    FaqController(FaqImport faqs) {
        this.faqs = faqs;
    }

    /**
     * What came of a table.
     *
     * @param changed pairs whose question was there with another answer, which they replaced
     * @param refused lines that were left out, the first 200
     */
    record FaqReport(int added, int changed, int unchanged, List<FaqImporting.Refused> refused) {}

    @PostMapping(path = "/api/v1/knowledge-bases/{id}/faqs", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Requires(Permission.EDIT_KNOWLEDGE)
    FaqReport upload(Caller caller, @PathVariable UUID id, @RequestParam("file") MultipartFile file)
            throws IOException {
        try (InputStream table = file.getInputStream()) {
            return switch (faqs.importTable(caller.tenantId(), new KnowledgeBaseId(id), table)) {
                case FaqImporting.Done(int added, int changed, int unchanged, var refused) ->
                    new FaqReport(added, changed, unchanged, refused);
                case FaqImporting.UnknownKnowledgeBase() -> throw ApiProblem.notFound("knowledge base");
                case FaqImporting.Unreadable(var reason) -> throw ApiProblem.invalid("file", reason);
            };
        }
    }
}
