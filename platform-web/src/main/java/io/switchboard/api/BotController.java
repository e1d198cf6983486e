package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.answering.AnsweringService;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Bots: what they know and how they speak. Creating one publishes it; changes wait for {@code publish}. */
@RestController
@RequestMapping("/api/v1/bots")
class BotController {

    private final BotService bots;
    private final AnsweringService answering;

    BotController(BotService bots, AnsweringService answering) {
        this.bots = bots;
        this.answering = answering;
    }

    /** @param sessionId questions of one session see the ones before; null for a question on its own */
    record AskRequest(
            @NotBlank @Size(max = 4096) String question,
            @Nullable @Size(min = 1, max = 100) String sessionId) {}

    @PostMapping
    @Requires(Permission.EDIT_BOTS)
    ResponseEntity<BotResponse> create(Caller caller, @Valid @RequestBody BotRequest request) {
        BotDefinition definition = request.applyTo(BotDefinition.DEFAULTS);
        Bot bot = saved(bots.create(caller.tenantId(), request.requireName(), definition));
        return ResponseEntity.created(URI.create("/api/v1/bots/" + bot.id())).body(BotResponse.of(bot));
    }

    @GetMapping
    @Requires(Permission.READ_BOTS)
    Slice<BotResponse> list(Caller caller, PageRequest page) {
        return bots.list(caller.tenantId(), page).map(BotResponse::of);
    }

    @GetMapping("/{id}")
    @Requires(Permission.READ_BOTS)
    BotResponse find(Caller caller, @PathVariable UUID id) {
        return BotResponse.of(existing(caller, id));
    }

    /** Changes the draft; what is absent stays. */
    @PatchMapping("/{id}")
    @Requires(Permission.EDIT_BOTS)
    BotResponse change(Caller caller, @PathVariable UUID id, @Valid @RequestBody BotRequest request) {
        Bot bot = existing(caller, id);
        String name = request.name() == null ? bot.name() : request.requireName();
        return BotResponse.of(saved(bots.changeDraft(caller.tenantId(), bot.id(), name, request.applyTo(bot.draft()))));
    }

    @PostMapping("/{id}/publish")
    @Requires(Permission.EDIT_BOTS)
    BotResponse publish(Caller caller, @PathVariable UUID id) {
        return bots.publish(caller.tenantId(), new BotId(id))
                .map(BotResponse::of)
                .orElseThrow(() -> ApiProblem.notFound("bot"));
    }

    /** Asks the published version, on the path that customers' messages take. */
    @PostMapping("/{id}/ask")
    @Requires(Permission.ASK_BOTS)
    AskResponse ask(Caller caller, @PathVariable UUID id, @Valid @RequestBody AskRequest request) {
        Bot bot = existing(caller, id);
        return AskResponse.of(answering.ask(caller.tenantId(), bot.live(), request.question(), request.sessionId()));
    }

    private Bot existing(Caller caller, UUID id) {
        return bots.find(caller.tenantId(), new BotId(id)).orElseThrow(() -> ApiProblem.notFound("bot"));
    }

    private static Bot saved(BotCreation creation) {
        return switch (creation) {
            case BotCreation.Saved(var bot) -> bot;
            case BotCreation.UnknownBot() -> throw ApiProblem.notFound("bot");
            case BotCreation.UnknownKnowledgeBase(var _) ->
                throw ApiProblem.unknown("knowledgeBaseIds", "knowledge base");
        };
    }
}
