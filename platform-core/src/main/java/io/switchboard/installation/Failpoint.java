package io.switchboard.installation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Places where a test ends the process as a power failure would, each inside a window of docs/reliability.md. Off unless the program is
 * started with {@code -Dfailpoint=NAME:n}, which halts it at the n-th hit, or {@code -Dfailpoint=NAME:n:millis}, which halts it that
 * much later while the work goes on.
 */
public enum Failpoint {
    /** W0: the delivery is written, its transaction not committed; the sender has seen no answer. */
    MESSAGE_UNCOMMITTED,
    /** W1: the delivery is committed, the sender has not seen our 200. */
    MESSAGE_UNANSWERED,
    /** W2: the turn is claimed, the answer chain has not begun. */
    TURN_CLAIMED,
    /** W3: the model has answered, nothing of it is stored. */
    TURN_ANSWERED,
    /** W4: the reply is stored, its sender does not know of it. */
    TURN_COMPLETED,
    /** W5: the send is noted as begun; with a delay, its request has left and no answer came. */
    SEND_BEGUN,
    /** W6: the provider took the message, its id is not stored. */
    SEND_ANSWERED;

    /** As after kill -9. */
    private static final int EXIT_CODE = 137;

    private static final Pattern FORM = Pattern.compile("([A-Z_]+):(\\d{1,9})(?::(\\d{1,9}))?");
    private static final @Nullable Plan PLAN = plan(System.getProperty("failpoint"));

    /** Says that the program is here; it may not go on from it. */
    public void hit() {
        if (PLAN != null && PLAN.place() == this && PLAN.hitsLeft().decrementAndGet() == 0) {
            halt(PLAN.delay());
        }
    }

    private static void halt(Duration delay) {
        if (delay.isZero()) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
        Thread.ofPlatform().daemon().name("failpoint").start(() -> {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(EXIT_CODE);
        });
    }

    /** @throws SettingException if the text is no failpoint */
    static @Nullable Plan plan(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new SettingException("failpoint", "must be NAME:n or NAME:n:millis, not " + text);
        }
        for (Failpoint place : values()) {
            if (place.name().equals(form.group(1))) {
                return new Plan(
                        place,
                        new AtomicInteger(Integer.parseInt(form.group(2))),
                        Duration.ofMillis(form.group(3) == null ? 0 : Long.parseLong(form.group(3))));
            }
        }
        throw new SettingException("failpoint", "is not known: " + form.group(1));
    }

    record Plan(Failpoint place, AtomicInteger hitsLeft, Duration delay) {}
}
