package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.conversations.DeadLetter;
import io.switchboard.conversations.DeadLetterOutcome;
import io.switchboard.conversations.DeadLetterService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.Slice;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Turns and sends that failed for good, for a person to try again or put away. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLetterController {

    private final DeadLetterService letters;

    DeadLetterController(DeadLetterService letters) {
        this.letters = letters;
    }

    /**
     * A reply that needs a person.
     *
     * @param kind TURN (no answer could be made) or SEND (it could not be delivered)
     */
    record Response(
            UUID id,
            String kind,
            UUID conversationId,
            String contact,
            String channelName,
            String question,
            String text,
            @Nullable String code,
            @Nullable String reason,
            int attempts,
            Instant at) {

        static Response of(DeadLetter letter) {
            return new Response(
                    letter.reply().value(),
                    letter.kind().name(),
                    letter.conversation().value(),
                    letter.contact(),
                    letter.channelName(),
                    letter.question(),
                    letter.text(),
                    letter.code(),
                    letter.reason(),
                    letter.attempts(),
                    letter.at());
        }
    }

    @GetMapping
    @Requires(Permission.READ_CONVERSATIONS)
    Slice<Response> list(Caller caller, PageRequest page) {
        return letters.list(caller.tenantId(), page).map(Response::of);
    }

    @PostMapping("/{id}/retry")
    @Requires(Permission.ANSWER_CONVERSATIONS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retry(Caller caller, @PathVariable UUID id) {
        refuseUnlessDone(letters.retry(caller.tenantId(), new ReplyId(id), caller.actor()));
    }

    @PostMapping("/{id}/discard")
    @Requires(Permission.ANSWER_CONVERSATIONS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(Caller caller, @PathVariable UUID id) {
        refuseUnlessDone(letters.discard(caller.tenantId(), new ReplyId(id), caller.actor()));
    }

    private static void refuseUnlessDone(DeadLetterOutcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case UNKNOWN -> throw ApiProblem.notFound("dead letter");
            case FAILED_AGAIN ->
                throw ApiProblem.of(HttpStatus.CONFLICT, "The answer failed again; the letter stays in the list.");
        }
    }
}
