package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelChange;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelDeletion;
import io.switchboard.channels.ChannelField;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.NewChannel;
import io.switchboard.conversations.TestMessage;
import io.switchboard.conversations.TestMessageService;
import io.switchboard.doctor.NumberDoctor;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Channels: the numbers through which customers reach a bot. */
@RestController
@RequestMapping("/api/v1/channels")
class ChannelController {

    private final ChannelService channels;
    private final BotService bots;
    private final InstallationSettings installation;
    private final NumberDoctor doctor;
    private final TestMessageService tests;

    ChannelController(
            ChannelService channels,
            BotService bots,
            InstallationSettings installation,
            NumberDoctor doctor,
            TestMessageService tests) {
        this.doctor = doctor;
        this.tests = tests;
        this.channels = channels;
        this.bots = bots;
        this.installation = installation;
    }

    /** @param phoneNumberId and what follows it: each provider asks for some of it, see {@link ChannelField} */
    record ChannelRequest(
            @NotBlank String provider,

            @NotBlank @Size(max = ChannelService.MAX_NAME_LENGTH)
            String name,

            @NotNull UUID botId,
            @Nullable String phoneNumberId,
            @Nullable String accessToken,
            @Nullable String appSecret,
            @Nullable String accountSid,
            @Nullable String authToken,
            @Nullable String from,
            @Nullable String messagingServiceSid,
            @Nullable String baseUrl,
            @Nullable String apiKey,
            @Nullable String session,
            @Nullable String hmacKey,
            @Nullable String allowedOrigins) {

        Map<String, String> given() {
            Map<String, String> given = new HashMap<>();
            put(given, "phoneNumberId", phoneNumberId);
            put(given, "accessToken", accessToken);
            put(given, "appSecret", appSecret);
            put(given, "accountSid", accountSid);
            put(given, "authToken", authToken);
            put(given, "from", from);
            put(given, "messagingServiceSid", messagingServiceSid);
            put(given, "baseUrl", baseUrl);
            put(given, "apiKey", apiKey);
            put(given, "session", session);
            put(given, "hmacKey", hmacKey);
            put(given, "allowedOrigins", allowedOrigins);
            return given;
        }

        @Override
        public String toString() {
            return "ChannelRequest[" + provider + ", " + name + "]";
        }
    }

    /** What to change; what is absent stays. */
    record ChannelChangeRequest(
            @Nullable @Size(max = ChannelService.MAX_NAME_LENGTH)
            String name,

            @Nullable UUID botId,
            @Nullable String accessToken,
            @Nullable String appSecret,
            @Nullable String authToken,
            @Nullable String apiKey,
            @Nullable String hmacKey,
            @Nullable String allowedOrigins) {

        Map<String, String> settings() {
            return allowedOrigins == null ? Map.of() : Map.of("allowedOrigins", allowedOrigins);
        }

        Map<String, String> given() {
            Map<String, String> given = new HashMap<>();
            put(given, "accessToken", accessToken);
            put(given, "appSecret", appSecret);
            put(given, "authToken", authToken);
            put(given, "apiKey", apiKey);
            put(given, "hmacKey", hmacKey);
            return given;
        }

        @Override
        public String toString() {
            return "ChannelChangeRequest[" + name + "]";
        }
    }

    @PostMapping
    @Requires(Permission.EDIT_CHANNELS)
    ResponseEntity<ChannelResponse> create(Caller caller, @Valid @RequestBody ChannelRequest request) {
        requireBot(caller, request.botId());
        ChannelProvider provider = provider(request.provider());
        Map<String, String> settings = new HashMap<>(request.given());
        Map<String, String> credentials = new HashMap<>();
        ChannelField.of(provider).stream()
                .filter(ChannelField::secret)
                .map(ChannelField::name)
                .filter(settings::containsKey)
                .forEach(secret -> credentials.put(secret, settings.remove(secret)));
        NewChannel wanted = new NewChannel(provider, request.name(), new BotId(request.botId()), settings, credentials);
        Channel channel = made(channels.create(caller.tenantId(), wanted));
        return ResponseEntity.created(URI.create("/api/v1/channels/" + channel.id()))
                .body(response(caller, channel));
    }

    @GetMapping
    @Requires(Permission.READ_CHANNELS)
    Slice<ChannelResponse> list(Caller caller, PageRequest page) {
        return channels.list(caller.tenantId(), page).map(channel -> response(caller, channel));
    }

    @GetMapping("/{id}")
    @Requires(Permission.READ_CHANNELS)
    ChannelResponse find(Caller caller, @PathVariable UUID id) {
        return response(caller, existing(caller, id));
    }

    /** New credentials also resume a channel that is stopped. */
    @PatchMapping("/{id}")
    @Requires(Permission.EDIT_CHANNELS)
    ChannelResponse change(Caller caller, @PathVariable UUID id, @Valid @RequestBody ChannelChangeRequest request) {
        Channel channel = existing(caller, id);
        if (request.botId() != null) {
            requireBot(caller, request.botId());
        }
        ChannelChange change = new ChannelChange(
                request.name(),
                request.botId() == null ? null : new BotId(request.botId()),
                request.settings(),
                request.given());
        return channels.change(caller.tenantId(), channel.id(), change)
                .map(result -> response(caller, made(result)))
                .orElseThrow(() -> ApiProblem.notFound("channel"));
    }

    /** Lets the replies of a stopped channel leave again. */
    @PostMapping("/{id}/resume")
    @Requires(Permission.EDIT_CHANNELS)
    ChannelResponse resume(Caller caller, @PathVariable UUID id) {
        channels.resume(caller.tenantId(), existing(caller, id).id());
        return response(caller, existing(caller, id));
    }

    /** Has the number doctor examine the channel now; takes seconds. */
    @PostMapping("/{id}/check")
    @Requires(Permission.EDIT_CHANNELS)
    ExaminationResponse check(Caller caller, @PathVariable UUID id) {
        return doctor.examine(caller.tenantId(), new ChannelId(id))
                .map(ExaminationResponse::of)
                .orElseThrow(() -> ApiProblem.notFound("channel"));
    }

    /** What the last examination found. */
    @GetMapping("/{id}/check")
    @Requires(Permission.READ_CHANNELS)
    ExaminationResponse lastCheck(Caller caller, @PathVariable UUID id) {
        return doctor.last(caller.tenantId(), existing(caller, id).id())
                .map(ExaminationResponse::of)
                .orElseThrow(() -> ApiProblem.notFound("examination of this channel"));
    }

    /** @param phone with country code, such as +49 151 2345678 */
    record TestMessageRequest(@NotBlank @Size(max = 40) String phone) {}

    /** Where the test message stands, with its timeline. */
    record TestMessageResponse(UUID conversationId, UUID messageId) {}

    /** Sends a short text to the caller's own telephone, as a reply of the channel is sent; 409 says what to do first. */
    @PostMapping("/{id}/test-message")
    @Requires(Permission.EDIT_CHANNELS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    TestMessageResponse testMessage(
            Caller caller, @PathVariable UUID id, @Valid @RequestBody TestMessageRequest request) {
        return switch (tests.send(caller.tenantId(), new ChannelId(id), request.phone(), caller.actor())) {
            case TestMessage.Underway(var conversation, var reply) ->
                new TestMessageResponse(conversation.value(), reply.value());
            case TestMessage.UnknownChannel() -> throw ApiProblem.notFound("channel");
            case TestMessage.InvalidTelephone(var problem) -> throw ApiProblem.invalid("phone", problem);
            case TestMessage.Refused(var sentence, var remedy) ->
                throw ApiProblem.of(HttpStatus.CONFLICT, sentence + " " + remedy);
        };
    }

    @DeleteMapping("/{id}")
    @Requires(Permission.EDIT_CHANNELS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable UUID id) {
        switch (channels.delete(caller.tenantId(), new ChannelId(id))) {
            case ChannelDeletion.Deleted() -> {}
            case ChannelDeletion.UnknownChannel() -> throw ApiProblem.notFound("channel");
            case ChannelDeletion.HasConversations() ->
                throw ApiProblem.of(
                        HttpStatus.CONFLICT, "Customers wrote to this channel; it is kept with their messages.");
        }
    }

    private Channel existing(Caller caller, UUID id) {
        return channels.find(caller.tenantId(), new ChannelId(id)).orElseThrow(() -> ApiProblem.notFound("channel"));
    }

    private void requireBot(Caller caller, UUID bot) {
        if (bots.find(caller.tenantId(), new BotId(bot)).isEmpty()) {
            throw ApiProblem.unknown("botId", "bot");
        }
    }

    private ChannelResponse response(Caller caller, Channel channel) {
        String base = installation.publicUrl() == null
                ? ServletUriComponentsBuilder.fromCurrentContextPath().toUriString()
                : installation.publicUrl().toString().replaceAll("/+$", "");
        return ChannelResponse.of(channel, base, caller.may(Permission.EDIT_CHANNELS));
    }

    private static Channel made(ChannelCreation creation) {
        return switch (creation) {
            case ChannelCreation.Created(var channel) -> channel;
            case ChannelCreation.Invalid(var field, var message) -> throw ApiProblem.invalid(field, message);
        };
    }

    private static ChannelProvider provider(String slug) {
        return ChannelProvider.fromSlug(slug)
                .orElseThrow(() -> ApiProblem.invalid(
                        "provider",
                        "is none of "
                                + Arrays.stream(ChannelProvider.values())
                                        .map(ChannelProvider::slug)
                                        .collect(Collectors.joining(", "))));
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
