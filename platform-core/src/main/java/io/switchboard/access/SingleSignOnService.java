package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;

/** Signing in with an account that people have elsewhere. It opens accounts that exist here, and makes none. */
@Service
@EnableConfigurationProperties(SingleSignOnSettings.class)
public class SingleSignOnService {

    private final SingleSignOnSettings settings;
    private final AccessService access;

    SingleSignOnService(SingleSignOnSettings settings, AccessService access) {
        this.settings = settings;
        this.access = access;
    }

    /** False where the operator has named no provider. */
    public boolean available() {
        return settings.issuer() != null;
    }

    /**
     * Whom the provider's word lets in: somebody who works for an active tenant, or runs the installation, under an address that the
     * provider has verified. Nobody enters by an address that was only typed there.
     */
    public Optional<User> find(@Nullable String email, @Nullable Boolean verified) {
        if (email == null || !Boolean.TRUE.equals(verified)) {
            return Optional.empty();
        }
        return address(email)
                .flatMap(access::findUser)
                .filter(user -> !user.suspended())
                .filter(user ->
                        user.operator() || !access.memberships(user.id()).isEmpty());
    }

    private static Optional<EmailAddress> address(String email) {
        try {
            return Optional.of(new EmailAddress(email));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
