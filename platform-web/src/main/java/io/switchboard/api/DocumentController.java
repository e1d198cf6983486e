package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.Slice;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.DocumentSteering;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.Validity;
import io.switchboard.outbound.WebAddress;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.sites.Site;
import io.switchboard.sites.SiteKind;
import io.switchboard.sites.SiteRules;
import io.switchboard.sites.SiteService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Documents of a knowledge base: uploads, question-and-answer pairs, and what became of them. */
@RestController
@RequestMapping("/api/v1")
class DocumentController {

    private final KnowledgeService knowledge;
    private final SiteService sites;
    private final Clock clock;

    DocumentController(KnowledgeService knowledge, SiteService sites, Clock clock) {
        this.knowledge = knowledge;
        this.sites = sites;
        this.clock = clock;
    }

    /**
     * A source that is no file: a web page, a site, or a question with its answer.
     *
     * @param sitemap address of a sitemap; the answer shows the site like a document, and its endpoints take its id. To choose what is read
     *     of a site, and how often, use the sources of the knowledge base.
     */
    record NewSource(
            @Nullable String url,
            @Nullable String sitemap,
            @Nullable @Size(max = 500) String question,
            @Nullable @Size(max = 20_000) String answer) {}

    @PostMapping(path = "/knowledge-bases/{id}/documents", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Requires(Permission.EDIT_KNOWLEDGE)
    ResponseEntity<DocumentResponse> upload(
            Caller caller, @PathVariable UUID id, @RequestParam("file") List<MultipartFile> files) throws IOException {
        if (files.size() != 1) {
            throw ApiProblem.invalid("file", "must be one file; send a request for each");
        }
        MultipartFile file = files.getFirst();
        String name = file.getOriginalFilename();
        if (name == null || name.isBlank()) {
            throw ApiProblem.invalid("file", "must be a file with a name");
        }
        String mediaType = Objects.requireNonNullElse(file.getContentType(), MediaType.APPLICATION_OCTET_STREAM_VALUE);
        try (InputStream content = file.getInputStream()) {
            return accepted(knowledge.addFile(caller.tenantId(), new KnowledgeBaseId(id), name, mediaType, content));
        }
    }

    @PostMapping(path = "/knowledge-bases/{id}/documents", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.EDIT_KNOWLEDGE)
    ResponseEntity<DocumentResponse> add(Caller caller, @PathVariable UUID id, @Valid @RequestBody NewSource source) {
        KnowledgeBaseId base = existing(caller, id);
        if (source.sitemap() != null) {
            if (source.url() != null || source.question() != null || source.answer() != null) {
                throw ApiProblem.invalid("sitemap", "must not come together with anything else");
            }
            Site site = SiteController.added(sites.add(
                    caller.tenantId(), base, SiteKind.SITEMAP, address("sitemap", source.sitemap()), SiteRules.USUAL));
            return ResponseEntity.accepted()
                    .location(URI.create("/api/v1/documents/" + site.id()))
                    .body(DocumentResponse.of(site));
        }
        if (source.url() != null) {
            if (source.question() != null || source.answer() != null) {
                throw ApiProblem.invalid("url", "must not come together with a question or an answer");
            }
            return accepted(knowledge.addPage(caller.tenantId(), base, address("url", source.url())));
        }
        return accepted(knowledge.addFaq(
                caller.tenantId(), base, required("question", source.question()), required("answer", source.answer())));
    }

    @GetMapping("/knowledge-bases/{id}/documents")
    @Requires(Permission.READ_KNOWLEDGE)
    Slice<DocumentResponse> list(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean expired,
            PageRequest page) {
        KnowledgeBaseId base = existing(caller, id);
        Slice<Document> documents = expired
                ? knowledge.expiredDocuments(caller.tenantId(), base, page)
                : knowledge.documents(caller.tenantId(), base, page);
        return documents.map(this::response);
    }

    @GetMapping("/documents/{id}")
    @Requires(Permission.READ_KNOWLEDGE)
    DocumentResponse find(Caller caller, @PathVariable UUID id) {
        return sites.find(caller.tenantId(), new SiteId(id))
                .map(DocumentResponse::of)
                .orElseGet(() -> response(document(caller, id)));
    }

    /**
     * What people note about a document; what is absent stays as it is.
     *
     * @param tags by which they sort it; replace those it has
     * @param owner who answers for it; empty: nobody
     * @param validUntil from when on it is in no answer, such as 2027-01-01T00:00:00Z; empty: it holds for ever
     */
    record DocumentChange(
            @Nullable @Size(max = 20) List<@NotBlank @Size(max = 40) String> tags,
            @Nullable @Size(max = 120) String owner,
            @Nullable @Size(max = 40) String validUntil) {}

    @PatchMapping("/documents/{id}")
    @Requires(Permission.EDIT_KNOWLEDGE)
    DocumentResponse change(Caller caller, @PathVariable UUID id, @Valid @RequestBody DocumentChange change) {
        Document before = document(caller, id);
        Validity known = new Validity(before.owner(), before.validUntil());
        Validity wanted = Fields.validity(change.owner(), change.validUntil(), known);
        if (change.tags() != null) {
            tag(caller, before.id(), change.tags());
        }
        if (!wanted.equals(known)) {
            knowledge.changeValidity(caller.tenantId(), before.id(), wanted.owner(), wanted.until());
        }
        return response(document(caller, id));
    }

    private void tag(Caller caller, DocumentId id, List<String> tags) {
        try {
            knowledge.tag(caller.tenantId(), id, tags);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.invalid("tags", String.valueOf(e.getMessage()));
        }
    }

    @DeleteMapping("/documents/{id}")
    @Requires(Permission.EDIT_KNOWLEDGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable UUID id) {
        if (!knowledge.deleteDocument(caller.tenantId(), new DocumentId(id))
                && !sites.delete(caller.tenantId(), new SiteId(id))) {
            throw ApiProblem.notFound("document");
        }
    }

    /** Stops the reading of a document that waits or is being read; it is FAILED then, and can be tried again. */
    @PostMapping("/documents/{id}/cancel")
    @Requires(Permission.EDIT_KNOWLEDGE)
    DocumentResponse cancel(Caller caller, @PathVariable UUID id) {
        return steered(
                knowledge.cancelDocument(caller.tenantId(), new DocumentId(id)),
                "Only a document that waits or is being read can be cancelled.");
    }

    /** Reads a document that failed once more, from the bytes that are there. */
    @PostMapping("/documents/{id}/retry")
    @Requires(Permission.EDIT_KNOWLEDGE)
    DocumentResponse retry(Caller caller, @PathVariable UUID id) {
        return steered(
                knowledge.retryDocument(caller.tenantId(), new DocumentId(id)),
                "Only a document that failed can be tried again.");
    }

    private DocumentResponse steered(DocumentSteering outcome, String refusal) {
        return switch (outcome) {
            case DocumentSteering.Done(Document document) -> response(document);
            case DocumentSteering.NotNow _ -> throw ApiProblem.of(HttpStatus.CONFLICT, refusal);
            case DocumentSteering.Unknown() -> throw ApiProblem.notFound("document");
        };
    }

    private DocumentResponse response(Document document) {
        return DocumentResponse.of(document, clock.instant());
    }

    private ResponseEntity<DocumentResponse> accepted(DocumentAddition addition) {
        return switch (addition) {
            case DocumentAddition.Added(Document document) ->
                ResponseEntity.accepted()
                        .location(URI.create("/api/v1/documents/" + document.id()))
                        .body(response(document));
            case DocumentAddition.UnknownKnowledgeBase() -> throw ApiProblem.notFound("knowledge base");
            case DocumentAddition.TooLarge(long limit) ->
                throw ApiProblem.of(HttpStatus.CONTENT_TOO_LARGE, "A file may have " + limit + " bytes at most.");
            case DocumentAddition.PlanFull(long limit) ->
                throw ApiProblem.of(
                        HttpStatus.CONFLICT,
                        "Your plan allows " + limit + " documents; delete some or change the plan.");
            case DocumentAddition.StorageFull(long limit) ->
                throw ApiProblem.of(
                        HttpStatus.CONFLICT,
                        "Your plan allows " + limit + " bytes of documents; delete some or change the plan.");
        };
    }

    private static WebAddress address(String field, String typed) {
        return switch (WebAddress.parse(typed)) {
            case WebAddress.Parsing.Good(var address) -> address;
            case WebAddress.Parsing.Bad(var reason) -> throw ApiProblem.invalid(field, reason);
        };
    }

    private static String required(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw ApiProblem.invalid(field, "must not be blank");
        }
        return text;
    }

    private KnowledgeBaseId existing(Caller caller, UUID id) {
        return knowledge
                .findKnowledgeBase(caller.tenantId(), new KnowledgeBaseId(id))
                .orElseThrow(() -> ApiProblem.notFound("knowledge base"))
                .id();
    }

    private Document document(Caller caller, UUID id) {
        return knowledge
                .findDocument(caller.tenantId(), new DocumentId(id))
                .orElseThrow(() -> ApiProblem.notFound("document"));
    }
}
