package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.Slice;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.knowledge.Validity;
import io.switchboard.outbound.WebAddress;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.sites.Site;
import io.switchboard.sites.SiteAddition;
import io.switchboard.sites.SiteRules;
import io.switchboard.sites.SiteService;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Web sites as sources of a knowledge base. */
@RestController
@RequestMapping("/api/v1/knowledge-bases/{base}/sources")
class SiteController {

    private final SiteService sites;
    private final KnowledgeService knowledge;

    SiteController(SiteService sites, KnowledgeService knowledge) {
        this.sites = sites;
        this.knowledge = knowledge;
    }

    @PostMapping
    @Requires(Permission.EDIT_KNOWLEDGE)
    ResponseEntity<SiteResponse> add(Caller caller, @PathVariable UUID base, @Valid @RequestBody SiteRequest request) {
        WebAddress address = request.required();
        SiteRules rules = request.over(SiteRules.USUAL);
        Site site =
                added(sites.add(caller.tenantId(), new KnowledgeBaseId(base), request.kindOr(address), address, rules));
        site = withValidity(caller, site, request);
        return ResponseEntity.accepted().location(location(site)).body(SiteResponse.of(site));
    }

    static Site added(SiteAddition addition) {
        return switch (addition) {
            case SiteAddition.Added(var site) -> site;
            case SiteAddition.UnknownKnowledgeBase() -> throw ApiProblem.notFound("knowledge base");
            case SiteAddition.TooMany(int limit) ->
                throw ApiProblem.of(HttpStatus.CONFLICT, "A knowledge base may have " + limit + " sites.");
        };
    }

    static URI location(Site site) {
        return URI.create("/api/v1/knowledge-bases/" + site.knowledgeBase() + "/sources/" + site.id());
    }

    @GetMapping
    @Requires(Permission.READ_KNOWLEDGE)
    Slice<SiteResponse> list(Caller caller, @PathVariable UUID base, PageRequest page) {
        KnowledgeBaseId existing = knowledge
                .findKnowledgeBase(caller.tenantId(), new KnowledgeBaseId(base))
                .orElseThrow(() -> ApiProblem.notFound("knowledge base"))
                .id();
        return sites.sites(caller.tenantId(), existing, page).map(SiteResponse::of);
    }

    @GetMapping("/{id}")
    @Requires(Permission.READ_KNOWLEDGE)
    SiteResponse find(Caller caller, @PathVariable UUID base, @PathVariable UUID id) {
        return SiteResponse.of(site(caller, base, id));
    }

    @PatchMapping("/{id}")
    @Requires(Permission.EDIT_KNOWLEDGE)
    SiteResponse change(
            Caller caller, @PathVariable UUID base, @PathVariable UUID id, @Valid @RequestBody SiteRequest request) {
        Site site = site(caller, base, id);
        if (request.address() != null
                && !request.address().equals(site.address().toString())) {
            throw ApiProblem.invalid("address", "cannot be changed; add another site");
        }
        if (request.kind() != null && request.kind() != site.kind()) {
            throw ApiProblem.invalid("kind", "cannot be changed; add another site");
        }
        withValidity(caller, site, request);
        return answer(sites.change(caller.tenantId(), site.id(), request.over(site.rules())));
    }

    private Site withValidity(Caller caller, Site site, SiteRequest request) {
        Validity wanted = request.over(site.validity());
        return wanted.equals(site.validity())
                ? site
                : sites.changeValidity(caller.tenantId(), site.id(), wanted).orElse(site);
    }

    /** Reads the site again now. */
    @PostMapping("/{id}/refresh")
    @Requires(Permission.EDIT_KNOWLEDGE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    SiteResponse refresh(Caller caller, @PathVariable UUID base, @PathVariable UUID id) {
        return answer(sites.refresh(caller.tenantId(), site(caller, base, id).id()));
    }

    /** Ends the run that is under way. */
    @PostMapping("/{id}/stop")
    @Requires(Permission.EDIT_KNOWLEDGE)
    SiteResponse stop(Caller caller, @PathVariable UUID base, @PathVariable UUID id) {
        return answer(sites.stop(caller.tenantId(), site(caller, base, id).id()));
    }

    /** Takes the site away; its pages follow in the background. */
    @DeleteMapping("/{id}")
    @Requires(Permission.EDIT_KNOWLEDGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable UUID base, @PathVariable UUID id) {
        if (!sites.delete(caller.tenantId(), site(caller, base, id).id())) {
            throw ApiProblem.notFound("source");
        }
    }

    private Site site(Caller caller, UUID base, UUID id) {
        return sites.find(caller.tenantId(), new SiteId(id))
                .filter(site -> site.knowledgeBase().value().equals(base))
                .orElseThrow(() -> ApiProblem.notFound("source"));
    }

    private static SiteResponse answer(Optional<Site> site) {
        return SiteResponse.of(site.orElseThrow(() -> ApiProblem.notFound("source")));
    }
}
