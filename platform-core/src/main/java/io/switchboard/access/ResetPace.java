package io.switchboard.access;

import io.switchboard.kernel.EmailAddress;
import java.time.Duration;
import java.util.Optional;

/** Counts who asks for links to new passwords; the edge does, as it knows where a request comes from. */
public interface ResetPace {

    /** Counts a request by the address it comes from; how long to wait, if it is one too many. */
    Optional<Duration> fromHere();

    /** Counts a request by the account it is for, wherever it comes from and whether or not there is one; false if it is one too many. */
    boolean mayMail(EmailAddress account);
}
