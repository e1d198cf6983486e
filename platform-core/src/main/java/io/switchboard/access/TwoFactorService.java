package io.switchboard.access;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.Sha256;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.tenancy.TenantTransactions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** A second factor at sign-in: the changing code of an authenticator app, or one of a few recovery codes. */
@Service
public class TwoFactorService {

    public static final int RECOVERY_CODES = 10;

    /** 80 bits each, so that a hash without salt will do. */
    private static final int RECOVERY_BYTES = 10;

    private static final String ISSUER = "Switchboard";

    private final SecondFactors factors;
    private final Attempts attempts;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final AuditService audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TwoFactorService(
            SecondFactors factors,
            Attempts attempts,
            TenantTransactions transactions,
            JdbcClient jdbc,
            AuditService audit,
            Clock clock) {
        this.factors = factors;
        this.attempts = attempts;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    public TwoFactorState state(UserId user) {
        return new TwoFactorState(factors.isOn(user), factors.codesLeft(user));
    }

    /** Makes a secret for an app, which counts once {@link #confirm} has seen a code of it; empty if a second factor is in use already. */
    public Optional<Enrolment> begin(User user) {
        byte[] secret = new byte[Totp.SECRET_BYTES];
        random.nextBytes(secret);
        if (!factors.begin(user.id(), secret)) {
            return Optional.empty();
        }
        String text = Base32.encode(secret);
        String label = encode(ISSUER) + ":" + encode(user.email().value());
        return Optional.of(new Enrolment(
                text,
                "otpauth://totp/%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
                        .formatted(label, text, encode(ISSUER), Totp.DIGITS, Totp.STEP_SECONDS)));
    }

    /**
     * Puts the second factor in use.
     *
     * @return recovery codes, each good for one sign-in, to be shown this once; empty if the code is wrong
     */
    public Optional<List<String>> confirm(UserId user, String code) {
        Optional<SecondFactors.Factor> factor = factors.find(user).filter(found -> !found.confirmed());
        if (factor.isEmpty() || !attempts.take(user) || !matches(user, factor.get(), plain(code))) {
            return Optional.empty();
        }
        attempts.forget(user);
        List<String> codes = recoveryCodes();
        factors.confirm(user, codes.stream().map(TwoFactorService::hash).toList());
        return Optional.of(codes);
    }

    /** Checks a code of the app or a recovery code, and uses it up: none is accepted twice. */
    public CodeCheck check(UserId user, String code) {
        Optional<SecondFactors.Factor> factor = factors.find(user).filter(SecondFactors.Factor::confirmed);
        if (factor.isEmpty()) {
            return CodeCheck.WRONG;
        }
        if (!attempts.take(user)) {
            return CodeCheck.TOO_MANY_ATTEMPTS;
        }
        String plain = plain(code);
        boolean right = plain.length() == Totp.DIGITS
                ? matches(user, factor.get(), plain)
                : factors.useCode(user, Sha256.of(plain));
        if (right) {
            attempts.forget(user);
        }
        return right ? CodeCheck.RIGHT : CodeCheck.WRONG;
    }

    private boolean matches(UserId user, SecondFactors.Factor factor, String code) {
        OptionalLong step = Totp.match(factor.secret(), code, clock.instant());
        return step.isPresent() && factors.use(user, step.getAsLong());
    }

    /** New recovery codes in place of the old ones, for somebody whose code was right a moment ago. */
    public List<String> renewRecoveryCodes(UserId user) {
        List<String> codes = recoveryCodes();
        factors.replaceCodes(user, codes.stream().map(TwoFactorService::hash).toList());
        return codes;
    }

    /** Signs in without a second factor from now on, for somebody whose code was right a moment ago. */
    public void turnOff(UserId user) {
        factors.remove(user);
    }

    /** Whether a tenant's people must have a second factor to work there. */
    @Requires(Permission.MANAGE_MEMBERS)
    public boolean required(TenantId tenant) {
        return transactions.call(
                tenant,
                () -> jdbc.sql("select second_factor_required from access_policy where tenant_id = ?")
                        .param(tenant.value())
                        .query(Boolean.class)
                        .optional()
                        .orElse(false));
    }

    /**
     * Asks a second factor of a tenant's people, or no longer; from their next request on.
     *
     * @return false if the caller may not decide about it
     */
    @Requires(Permission.EDIT_ACCESS_POLICY)
    public boolean require(TenantId tenant, Caller caller, boolean required) {
        if (!caller.may(Permission.EDIT_ACCESS_POLICY) || !caller.tenantId().equals(tenant)) {
            return false;
        }
        transactions.run(tenant, () -> {
            jdbc.sql("""
                    insert into access_policy (tenant_id, second_factor_required) values (:tenant, :required)
                    on conflict (tenant_id) do update set second_factor_required = excluded.second_factor_required
                    """)
                    .param("tenant", tenant.value())
                    .param("required", required)
                    .update();
            audit.record(
                    tenant,
                    caller.actor(),
                    required ? "required" : "no longer requires",
                    "second factor",
                    tenant.value(),
                    null);
        });
        return true;
    }

    private List<String> recoveryCodes() {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            byte[] bytes = new byte[RECOVERY_BYTES];
            random.nextBytes(bytes);
            codes.add(Base32.encode(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{4})(?!$)", "$1-"));
        }
        return codes;
    }

    private static byte[] hash(String recoveryCode) {
        return Sha256.of(plain(recoveryCode));
    }

    /** People type blanks and dashes, and capitals. */
    private static String plain(String code) {
        return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
