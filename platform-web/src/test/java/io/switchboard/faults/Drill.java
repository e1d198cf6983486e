package io.switchboard.faults;

import java.util.Locale;
import java.util.Optional;

/** The scenarios, by the names that {@code ./platform bench faults} takes. */
enum Drill {
    F1("steady, no fault", LoadDrills::steady),
    F2("load in steps up to saturation", LoadDrills::steps),
    F3("kill at each window W0 to W6", CrashDrills::windows),
    F4("kill -9 under load, 25 times", CrashDrills::kills),
    F5("two replicas, one frozen, one killed", CrashDrills::replicas),
    F6("PostgreSQL immediate restarts, cut and stall", DatabaseDrills::restarts),
    F7("model throttled, broken, silent, dripping, garbled, down", ProviderDrills::model),
    F8("WhatsApp throttled, broken, silent, token expired", ProviderDrills::whatsapp),
    F9("deliveries tripled, late, early, in bulk, forged", DeliveryDrills::deliveries),
    F10("database read-only, then its disk full", DatabaseDrills::noWriting),
    F11("one tenant floods", LoadDrills::flood),
    F12("clock jumps by an hour, both ways", CrashDrills::clock);

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // method references hold no state
    private final Script script;

    Drill(String title, Script script) {
        this.title = title;
        this.script = script;
    }

    /** What a drill does on its stage. */
    @FunctionalInterface
    interface Script {
        void run(Stage stage, Findings findings) throws Exception;
    }

    static Optional<Drill> named(String name) {
        for (Drill drill : values()) {
            if (drill.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(drill);
            }
        }
        return Optional.empty();
    }

    String title() {
        return title;
    }

    void run(Stage stage, Findings findings) throws Exception {
        script.run(stage, findings);
    }
}
