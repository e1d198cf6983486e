package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.TemplateService;
import io.switchboard.channels.TemplateState;
import io.switchboard.channels.TemplateSync;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Message templates of a channel: what may be sent to customers who have not written lately. */
@RestController
@RequestMapping("/api/v1/channels/{id}/templates")
class TemplateController {

    private final ChannelService channels;
    private final TemplateService templates;

    TemplateController(ChannelService channels, TemplateService templates) {
        this.channels = channels;
        this.templates = templates;
    }

    /**
     * A template.
     *
     * @param body with {@code {{1}}} or {@code {{name}}} where a variable stands
     * @param buttons what stands on them
     * @param variables in the order in which their values are given
     * @param obstacle why it cannot be sent from here, whatever its status; null if it can
     */
    record TemplateResponse(
            String name,
            String language,
            String category,
            MessageTemplate.Status status,
            @Nullable String header,
            String body,
            @Nullable String footer,
            List<String> buttons,
            List<VariableResponse> variables,
            @Nullable String obstacle) {

        static TemplateResponse of(MessageTemplate template) {
            return new TemplateResponse(
                    template.name(),
                    template.language(),
                    template.category(),
                    template.status(),
                    template.header(),
                    template.body(),
                    template.footer(),
                    template.buttons().stream()
                            .map(MessageTemplate.Button::text)
                            .toList(),
                    template.variables().stream().map(VariableResponse::of).toList(),
                    template.obstacle());
        }
    }

    /** @param button number of the button whose address has the variable, from 0; null where it is elsewhere */
    record VariableResponse(
            MessageTemplate.Place place, @Nullable Integer button, String name) {

        static VariableResponse of(MessageTemplate.Variable variable) {
            boolean onButton = variable.place() == MessageTemplate.Place.BUTTON;
            return new VariableResponse(variable.place(), onButton ? variable.button() : null, variable.name());
        }
    }

    /**
     * Part of the list.
     *
     * @param syncedAt when the provider told them; null if it never did
     * @param problem why it did not the last time; null if it did
     */
    record TemplatesResponse(
            List<TemplateResponse> items,
            @Nullable String next,
            @Nullable Instant syncedAt,
            @Nullable String problem) {}

    /** By name and language, as they were when they were synced last. */
    @GetMapping
    @Requires(Permission.READ_CHANNELS)
    TemplatesResponse list(
            Caller caller, @PathVariable UUID id, @OpaqueCursor("[^\\p{Cntrl}]{1,600}") PageRequest page) {
        Channel channel = existing(caller, id);
        Slice<TemplateResponse> slice =
                templates.list(caller.tenantId(), channel.id(), page).map(TemplateResponse::of);
        TemplateState state = templates.state(caller.tenantId(), channel.id());
        return new TemplatesResponse(slice.items(), slice.next(), state.syncedAt(), state.problem());
    }

    /** @param templates how many there are now */
    record SyncResponse(int templates, Instant syncedAt) {}

    /** Fetches them from the provider now, which takes seconds; 409 says what keeps us from it. */
    @PostMapping("/sync")
    @Requires(Permission.EDIT_CHANNELS)
    SyncResponse sync(Caller caller, @PathVariable UUID id) {
        return switch (templates.sync(caller.tenantId(), new ChannelId(id), caller.actor())) {
            case TemplateSync.Synced(var count, var at) -> new SyncResponse(count, at);
            case TemplateSync.UnknownChannel() -> throw ApiProblem.notFound("channel");
            case TemplateSync.Refused(var sentence, var remedy) ->
                throw ApiProblem.of(HttpStatus.CONFLICT, sentence + " " + remedy);
        };
    }

    private Channel existing(Caller caller, UUID id) {
        return channels.find(caller.tenantId(), new ChannelId(id)).orElseThrow(() -> ApiProblem.notFound("channel"));
    }
}
