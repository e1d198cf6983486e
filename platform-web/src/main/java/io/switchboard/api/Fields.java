package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.Slug;
import io.switchboard.knowledge.Validity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Turns text of a request into values, naming the field where that fails. */
final class Fields {

    private Fields() {}

    static EmailAddress email(String field, String text) {
        try {
            return new EmailAddress(text);
        } catch (IllegalArgumentException _) {
            throw ApiProblem.invalid(field, "is not an e-mail address");
        }
    }

    static Slug slug(String field, String text) {
        try {
            return new Slug(text);
        } catch (IllegalArgumentException _) {
            throw ApiProblem.invalid(field, "must have 2 to 40 of a-z, 0-9 and -, starting with a letter or digit");
        }
    }

    static String newPassword(String field, String text) {
        if (text.length() < AccessService.MIN_PASSWORD_LENGTH || text.length() > AccessService.MAX_PASSWORD_LENGTH) {
            throw ApiProblem.invalid(
                    field,
                    "must have " + AccessService.MIN_PASSWORD_LENGTH + " to " + AccessService.MAX_PASSWORD_LENGTH
                            + " characters");
        }
        return text;
    }

    /**
     * Who answers for knowledge and until when it holds, as a client writes it.
     *
     * @param owner null: as before; blank: nobody
     * @param until null: as before; blank: for ever
     */
    static Validity validity(@Nullable String owner, @Nullable String until, Validity before) {
        String named = owner == null ? before.owner() : owner.isBlank() ? null : owner.strip();
        if (until == null) {
            return new Validity(named, before.until());
        }
        try {
            return new Validity(named, until.isBlank() ? null : Instant.parse(until.strip()));
        } catch (DateTimeParseException _) {
            throw ApiProblem.invalid("validUntil", "is not a moment such as 2027-01-01T00:00:00Z");
        }
    }
}
