package io.switchboard.api;

import io.switchboard.access.AccessService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.Slug;

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
}
