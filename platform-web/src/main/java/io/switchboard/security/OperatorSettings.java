package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.installation.SettingException;
import io.switchboard.kernel.EmailAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The first operator; both or neither.
 *
 * @param email of the operator to create where there is none with this address
 * @param password used at creation only
 */
@ConfigurationProperties("switchboard.operator")
record OperatorSettings(@Nullable String email, @Nullable String password) {

    OperatorSettings {
        email = email == null || email.isBlank() ? null : email;
        password = password == null || password.isEmpty() ? null : password;
        if (email == null && password != null) {
            throw new SettingException(
                    "SWITCHBOARD_OPERATOR_EMAIL",
                    "is missing; it is needed together with SWITCHBOARD_OPERATOR_PASSWORD");
        }
        if (email != null && password == null) {
            throw new SettingException(
                    "SWITCHBOARD_OPERATOR_PASSWORD",
                    "is missing; it is needed together with SWITCHBOARD_OPERATOR_EMAIL");
        }
        if (email != null) {
            requireAddress(email);
        }
        if (password != null
                && (password.length() < AccessService.MIN_PASSWORD_LENGTH
                        || password.length() > AccessService.MAX_PASSWORD_LENGTH)) {
            throw new SettingException(
                    "SWITCHBOARD_OPERATOR_PASSWORD",
                    "must have " + AccessService.MIN_PASSWORD_LENGTH + " to " + AccessService.MAX_PASSWORD_LENGTH
                            + " characters");
        }
    }

    private static void requireAddress(String email) {
        try {
            new EmailAddress(email);
        } catch (IllegalArgumentException e) {
            SettingException refusal =
                    new SettingException("SWITCHBOARD_OPERATOR_EMAIL", "is not an e-mail address: " + email);
            refusal.initCause(e);
            throw refusal;
        }
    }

    @Override
    public String toString() {
        return "OperatorSettings[email=" + email + "]";
    }
}
