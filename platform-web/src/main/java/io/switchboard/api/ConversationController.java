package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.channels.FileType;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.conversations.FileReply;
import io.switchboard.conversations.FileReplyService;
import io.switchboard.conversations.HandoverService;
import io.switchboard.conversations.LoggedMessage;
import io.switchboard.conversations.TemplateMessage;
import io.switchboard.conversations.TemplateMessageService;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.Slice;
import io.switchboard.media.FileResponse;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What customers and bots said to each other. */
@RestController
@RequestMapping("/api/v1/conversations")
@Requires(Permission.READ_CONVERSATIONS)
class ConversationController {

    private final ConversationService conversations;
    private final HandoverService handover;
    private final TemplateMessageService templates;
    private final FileReplyService files;

    ConversationController(
            ConversationService conversations,
            HandoverService handover,
            TemplateMessageService templates,
            FileReplyService files) {
        this.conversations = conversations;
        this.handover = handover;
        this.templates = templates;
        this.files = files;
    }

    /**
     * A conversation in a list.
     *
     * @param waiting true while a message of the customer has no reply
     * @param answerUntil until when the provider lets us write freely; null where it sets no limit, or the customer never wrote
     * @param held true while replies wait until the customer writes again
     * @param optedOut true while the customer wants no messages of the bot
     * @param takenOverBy the person who answers in the bot's place; null while the bot does
     */
    record ConversationResponse(
            UUID id,
            UUID channelId,
            String channel,
            String contact,
            @Nullable String lastText,
            Instant lastMessageAt,
            boolean waiting,
            @Nullable String takenOverBy,
            @Nullable Instant answerUntil,
            boolean held,
            boolean optedOut) {

        static ConversationResponse of(ConversationSummary summary) {
            return new ConversationResponse(
                    summary.id().value(),
                    summary.channel().value(),
                    summary.channelName(),
                    summary.contact(),
                    summary.lastText(),
                    summary.lastMessageAt(),
                    summary.waiting(),
                    summary.takenBy(),
                    summary.window() == null ? null : summary.window().until(),
                    summary.window() != null && !summary.window().open(),
                    summary.optedOut());
        }
    }

    /** The one with the newest message first. */
    @GetMapping
    Slice<ConversationResponse> list(Caller caller, PageRequest page) {
        return conversations.list(caller.tenantId(), page).map(ConversationResponse::of);
    }

    @GetMapping("/{id}")
    ConversationResponse find(Caller caller, @PathVariable UUID id) {
        return ConversationResponse.of(existing(caller, id));
    }

    /** Oldest first. */
    @GetMapping("/{id}/messages")
    Slice<ListedMessage> messages(Caller caller, @PathVariable UUID id, @OpaqueCursor PageRequest page) {
        ConversationSummary conversation = existing(caller, id);
        try {
            return conversations
                    .messages(caller.tenantId(), conversation.id(), page)
                    .map(message ->
                            ListedMessage.of(new LoggedMessage(conversation.id(), conversation.channel(), message)));
        } catch (IllegalArgumentException _) {
            throw ApiProblem.invalid("after", "is not a cursor of this list; pass the `next` of the page before");
        }
    }

    /** From now on the bot says nothing in this conversation. */
    @PostMapping("/{id}/takeover")
    @Requires(Permission.ANSWER_CONVERSATIONS)
    ConversationResponse takeOver(Caller caller, @PathVariable UUID id) {
        handover.takeOver(caller.tenantId(), existing(caller, id).id(), caller.actor());
        return find(caller, id);
    }

    /** Gives the conversation back to the bot, which answers what nobody has answered. */
    @PostMapping("/{id}/release")
    @Requires(Permission.ANSWER_CONVERSATIONS)
    ConversationResponse release(Caller caller, @PathVariable UUID id) {
        handover.release(caller.tenantId(), existing(caller, id).id(), caller.actor());
        return find(caller, id);
    }

    record ReplyRequest(@Nullable String text) {}

    record ReplyResponse(UUID id) {}

    /** Sends a person's words, and takes the conversation over if nobody has. */
    @PostMapping(path = "/{id}/reply", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.ANSWER_CONVERSATIONS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReplyResponse reply(Caller caller, @PathVariable UUID id, @RequestBody ReplyRequest request) {
        ConversationSummary conversation = existing(caller, id);
        String text = request.text() == null ? "" : request.text();
        try {
            return handover.reply(caller.tenantId(), conversation.id(), text, caller.actor())
                    .map(reply -> new ReplyResponse(reply.value()))
                    .orElseThrow(() -> ApiProblem.notFound("conversation"));
        } catch (IllegalArgumentException _) {
            throw ApiProblem.invalid("text", "has 1 to " + HandoverService.MAX_TEXT_LENGTH + " characters");
        }
    }

    /**
     * Sends a picture (JPEG, PNG; 5 MB) or a document (PDF, DOCX, XLSX, PPTX, TXT, CSV; 10 MB), and takes the conversation over if nobody
     * has; 409 says why the channel does not take it.
     *
     * @param text what stands beside the file, at most 1,024 characters
     */
    @PostMapping(path = "/{id}/reply", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Requires(Permission.ANSWER_CONVERSATIONS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReplyResponse replyWithFile(
            Caller caller,
            @PathVariable UUID id,
            @RequestParam("file") List<MultipartFile> parts,
            @RequestParam(defaultValue = "") String text)
            throws IOException {
        if (parts.size() != 1) {
            throw ApiProblem.invalid("file", "must be one file; send a request for each");
        }
        MultipartFile part = parts.getFirst();
        return switch (files.send(
                caller.tenantId(), new ConversationId(id), text, name(part), content(part), caller.actor())) {
            case FileReply.Underway(var reply) -> new ReplyResponse(reply.value());
            case FileReply.UnknownConversation() -> throw ApiProblem.notFound("conversation");
            case FileReply.InvalidFile(var problem) -> throw ApiProblem.invalid("file", problem);
            case FileReply.InvalidText(var problem) -> throw ApiProblem.invalid("text", problem);
            case FileReply.TooLarge(var sentence) -> throw ApiProblem.of(HttpStatus.CONTENT_TOO_LARGE, sentence);
            case FileReply.Refused(var sentence) -> throw ApiProblem.of(HttpStatus.CONFLICT, sentence);
        };
    }

    private static String name(MultipartFile part) {
        return part.getOriginalFilename() == null ? "" : part.getOriginalFilename();
    }

    /** One byte more than any file may have shows that it is too large. */
    private static byte[] content(MultipartFile part) throws IOException {
        try (InputStream content = part.getInputStream()) {
            return content.readNBytes(FileType.LARGEST_DOCUMENT + 1);
        }
    }

    /** The file of a person's reply, to save. */
    @GetMapping("/{id}/messages/{message}/file")
    ResponseEntity<byte[]> file(Caller caller, @PathVariable UUID id, @PathVariable UUID message) {
        return files.find(caller.tenantId(), new ConversationId(id), new ReplyId(message))
                .map(FileResponse::of)
                .orElseThrow(() -> ApiProblem.notFound("file"));
    }

    /**
     * A template to send.
     *
     * @param variables values in the order of the template's variables; none if it has none
     * @param requestId made up by the caller, for whom a request that got no answer is safe to repeat with it
     */
    record TemplateRequest(
            @NotBlank @Size(max = 512) String name,
            @NotBlank @Size(max = 20) String language,
            @Nullable @Size(max = 50) List<@NotNull String> variables,
            @Nullable UUID requestId) {}

    /** Sends a template, whenever the customer wrote last, and takes the conversation over if nobody has; 409 says what to do first. */
    @PostMapping("/{id}/template")
    @Requires(Permission.ANSWER_CONVERSATIONS)
    @ResponseStatus(HttpStatus.ACCEPTED)
    ReplyResponse template(Caller caller, @PathVariable UUID id, @Valid @RequestBody TemplateRequest request) {
        return switch (templates.send(
                caller.tenantId(),
                new ConversationId(id),
                request.name(),
                request.language(),
                request.variables() == null ? List.of() : request.variables(),
                request.requestId() == null ? UUID.randomUUID() : request.requestId(),
                caller.actor())) {
            case TemplateMessage.Underway(var reply) -> new ReplyResponse(reply.value());
            case TemplateMessage.UnknownConversation() -> throw ApiProblem.notFound("conversation");
            case TemplateMessage.InvalidValues(var variable, var problem) ->
                throw ApiProblem.invalid(variable < 0 ? "variables" : "variables[" + variable + "]", problem);
            case TemplateMessage.Refused(var sentence, var remedy) ->
                throw ApiProblem.of(HttpStatus.CONFLICT, sentence + " " + remedy);
        };
    }

    private ConversationSummary existing(Caller caller, UUID id) {
        return conversations
                .find(caller.tenantId(), new ConversationId(id))
                .orElseThrow(() -> ApiProblem.notFound("conversation"));
    }
}
