package io.switchboard.webchat;

import io.switchboard.channels.CustomerAlias;
import io.switchboard.channels.RoutedChannel;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.Customer;
import io.switchboard.conversations.FileReplyService;
import io.switchboard.conversations.InboundMessage;
import io.switchboard.conversations.MessageContent;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.limits.Limits;
import io.switchboard.media.FileResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/** What the script on a tenant's page asks for: itself, a place to write, and what was said. */
@RestController
@RequestMapping("/webchat")
class WebchatController {

    static final int MAX_TEXT_LENGTH = 4000;

    private static final Duration SCRIPT_AGE = Duration.ofMinutes(5);
    private static final Resource SCRIPT = new ClassPathResource("webchat/webchat.js");
    private static final MediaType JAVASCRIPT = MediaType.parseMediaType("text/javascript;charset=utf-8");

    private final WebchatOrigins origins;
    private final WebchatStreams streams;
    private final ConversationService conversations;
    private final FileReplyService files;
    private final Limits limits;
    private final JsonMapper json;
    private final Clock clock;

    WebchatController(
            WebchatOrigins origins,
            WebchatStreams streams,
            ConversationService conversations,
            FileReplyService files,
            Limits limits,
            JsonMapper json,
            Clock clock) {
        this.origins = origins;
        this.streams = streams;
        this.conversations = conversations;
        this.files = files;
        this.limits = limits;
        this.json = json;
        this.clock = clock;
    }

    /** @param id made by the page; the same id again is the same message */
    record Written(
            @NotBlank @Pattern(regexp = "[A-Za-z0-9_-]{8,64}")
            String id,

            @NotBlank @Size(max = MAX_TEXT_LENGTH) String text) {}

    /** The same for all; it finds its channel by the address that it was loaded from. */
    @GetMapping("/{channelKey}.js")
    ResponseEntity<Resource> script(@PathVariable String channelKey) {
        if (origins.route(channelKey).isEmpty()) {
            throw refusal(HttpStatus.NOT_FOUND, "There is no such web chat.");
        }
        return ResponseEntity.ok()
                .contentType(JAVASCRIPT)
                .cacheControl(CacheControl.maxAge(SCRIPT_AGE).cachePublic())
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(SCRIPT);
    }

    @PostMapping("/{channelKey}/messages")
    ResponseEntity<?> write(
            @PathVariable String channelKey, @Valid @RequestBody Written written, HttpServletRequest request) {
        Admission admission = admit(channelKey, request);
        Optional<Duration> wait = limits.webchat(request, admission.visitor().key());
        if (wait.isPresent()) {
            return tooMany("messages", wait.get());
        }
        RoutedChannel routed = admission.routed();
        conversations.receive(routed.tenant(), routed.channel().id(), List.of(message(admission.visitor(), written)));
        streams.wake(routed, admission.visitor());
        return ResponseEntity.accepted().body(Map.of("id", written.id()));
    }

    /** What was said so far, and then what is said, until the page goes or some minutes are over. */
    @GetMapping("/{channelKey}/events")
    ResponseEntity<SseEmitter> follow(@PathVariable String channelKey, HttpServletRequest request) {
        Admission admission = admit(channelKey, request);
        return streams.open(admission.routed(), admission.visitor(), Limits.exactAddress(request))
                .map(stream -> ResponseEntity.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .cacheControl(CacheControl.noStore())
                        .header("X-Accel-Buffering", "no") // a proxy that gathers would hold answers back
                        .body(stream))
                .orElseThrow(() ->
                        refusal(HttpStatus.TOO_MANY_REQUESTS, "There are too many chats open from this address."));
    }

    /** What a person sent in the visitor's own conversation. */
    @GetMapping("/{channelKey}/files/{message}")
    ResponseEntity<?> file(@PathVariable String channelKey, @PathVariable UUID message, HttpServletRequest request) {
        Admission admission = admit(channelKey, request);
        Optional<Duration> wait = limits.webchatFile(request);
        if (wait.isPresent()) {
            return tooMany("files", wait.get());
        }
        TenantId tenant = admission.routed().tenant();
        return conversations
                .conversationOf(
                        tenant,
                        admission.routed().channel().id(),
                        admission.visitor().key())
                .flatMap(conversation -> files.findForCustomer(tenant, conversation, new ReplyId(message)))
                .map(FileResponse::of)
                .orElseThrow(() -> refusal(HttpStatus.NOT_FOUND, "There is no such file."));
    }

    private static ResponseEntity<?> tooMany(String what, Duration wait) {
        return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                .header(HttpHeaders.RETRY_AFTER, Limits.retryAfter(wait))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(
                        HttpStatus.TOO_MANY_REQUESTS, "These are too many " + what + "; wait a little."));
    }

    private record Admission(RoutedChannel routed, WebchatVisitor visitor) {}

    /** @throws ErrorResponseException for a page or a visitor that may not come in */
    private Admission admit(String channelKey, HttpServletRequest request) {
        RoutedChannel routed = origins.route(channelKey)
                .orElseThrow(() -> refusal(HttpStatus.NOT_FOUND, "There is no such web chat."));
        if (!origins.allows(routed, request)) {
            throw refusal(HttpStatus.FORBIDDEN, "This page may not use the web chat.");
        }
        return WebchatVisitor.of(request.getHeader(WebchatVisitor.HEADER))
                .map(visitor -> new Admission(routed, visitor))
                .orElseThrow(() -> refusal(HttpStatus.BAD_REQUEST, "The visitor is not known."));
    }

    private static ErrorResponseException refusal(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    private InboundMessage message(WebchatVisitor visitor, Written written) {
        return new InboundMessage(
                "webchat." + visitor.key() + "." + written.id(),
                Customer.of(CustomerAlias.other(visitor.key())),
                MessageContent.text(written.text()),
                clock.instant(),
                json.writeValueAsString(Map.of("id", written.id(), "text", written.text())));
    }
}
