package io.switchboard.limits;

import io.github.bucket4j.TimeMeter;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.TenantId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Counts requests. Where one is too many, the answer is how long to wait. */
@Component
public class Limits {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SIGN_IN_PERIOD = Duration.ofMinutes(10);
    private static final int ACCOUNTS = 10;

    /** Messages in a minute that a person types. */
    private static final int WEBCHAT_PER_VISITOR = 20;

    /** Behind which many visitors may be. */
    private static final int WEBCHAT_PER_ADDRESS = 120;

    private final Buckets apiPerAddress;
    private final Buckets apiPerTenant;
    private final Buckets signIns;
    private final Buckets signInsPerAddress;
    private final Buckets badDeliveries;
    private final Buckets badLinks;
    private final Buckets webchatPerVisitor;
    private final Buckets webchatPerAddress;
    private final Buckets webchatFiles;

    Limits(LimitSettings settings) {
        TimeMeter time = TimeMeter.SYSTEM_NANOTIME;
        this.apiPerAddress = new Buckets(settings.apiPerAddress(), MINUTE, time);
        this.apiPerTenant = new Buckets(settings.apiPerTenant(), MINUTE, time);
        this.signIns = new Buckets(settings.failedSignIns(), SIGN_IN_PERIOD, time);
        this.signInsPerAddress = new Buckets(
                Math.multiplyExact(ACCOUNTS, Math.min(settings.failedSignIns(), 100_000_000)), SIGN_IN_PERIOD, time);
        this.badDeliveries = new Buckets(settings.badDeliveries(), MINUTE, time);
        this.badLinks = new Buckets(settings.badDeliveries(), MINUTE, time);
        this.webchatPerVisitor = new Buckets(WEBCHAT_PER_VISITOR, MINUTE, time);
        this.webchatPerAddress = new Buckets(WEBCHAT_PER_ADDRESS, MINUTE, time);
        this.webchatFiles = new Buckets(WEBCHAT_PER_ADDRESS, MINUTE, time);
    }

    /** Before anything is known of a request to the API but where it comes from. */
    public Optional<Duration> apiCall(HttpServletRequest request) {
        return apiPerAddress.take(address(request));
    }

    public Optional<Duration> apiCall(TenantId tenant) {
        return apiPerTenant.take(tenant.toString());
    }

    /** Before a password is checked; {@link #signedIn} takes it back if the password is right. */
    public Optional<Duration> signIn(HttpServletRequest request, EmailAddress email) {
        String address = address(request);
        return signInsPerAddress.take(address).or(() -> signIns.take(address + " " + email.value()));
    }

    public void signedIn(HttpServletRequest request, EmailAddress email) {
        String address = address(request);
        signInsPerAddress.giveBack(address);
        signIns.giveBack(address + " " + email.value());
    }

    /** After a delivery turned out not to be signed. One that is signed is never counted and never refused. */
    public Optional<Duration> badDelivery(HttpServletRequest request) {
        return badDeliveries.take(address(request));
    }

    /** After a link to a file turned out not to be one of ours. One that is good is never counted and never refused. */
    public Optional<Duration> badLink(HttpServletRequest request) {
        return badLinks.take(address(request));
    }

    /** Before a visitor of a web chat gets a file. */
    public Optional<Duration> webchatFile(HttpServletRequest request) {
        return webchatFiles.take(address(request));
    }

    /** Before what a visitor of a web chat wrote is stored. */
    public Optional<Duration> webchat(HttpServletRequest request, String visitor) {
        return webchatPerAddress.take(address(request)).or(() -> webchatPerVisitor.take(visitor));
    }

    /** Of {@code Retry-After}: whole seconds, rounded up. */
    public static String retryAfter(Duration wait) {
        return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /** Of the client, believing nobody but trusted proxies. */
    public static String exactAddress(HttpServletRequest request) {
        return request.getAttribute(ClientAddressValve.EXACT) instanceof String address
                ? address
                : request.getRemoteAddr();
    }

    /** For counting: of the client, or of the network that is all theirs. */
    static String address(HttpServletRequest request) {
        return request.getAttribute(ClientAddressValve.ATTRIBUTE) instanceof String address
                ? address
                : request.getRemoteAddr();
    }
}
