package io.switchboard.conversations;

import io.switchboard.installation.SettingException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the turn engine and the sender pace themselves.
 *
 * @param enabled false for a process that receives messages and leaves turns and sends to others
 * @param lease how long a worker owns a conversation without renewing; a dead worker's work waits this long
 * @param poll how often the database is asked for due work, besides the wake-ups
 * @param maxTurns turns at once in this process
 * @param maxTurnsPerTenant turns of one tenant at once in this process
 * @param maxAttempts claims of the same message before the customer gets the fallback text
 * @param patience age of a waiting message at which the customer gets the fallback text
 * @param stopGrace how long running turns may finish when the program stops
 * @param sendLease how long a sender owns a reply; longer than a gateway takes to give up, so that a live send never loses its claim
 * @param maxRecordings recordings, pictures and documents of customers that are fetched and read at once in this process, each in memory; half of
 *     them for one tenant
 * @param statusGrace how long an unclear send waits for a status before it is repeated
 */
@ConfigurationProperties("switchboard.engine")
record EngineSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("60s") Duration lease,
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("1000") int maxTurns,
        @DefaultValue("250") int maxTurnsPerTenant,
        @DefaultValue("5") int maxAttempts,
        @DefaultValue("3m") Duration patience,
        @DefaultValue("20s") Duration stopGrace,
        @DefaultValue("60s") Duration sendLease,
        @DefaultValue("90s") Duration statusGrace,
        @DefaultValue("16") int maxRecordings) {

    EngineSettings {
        if (maxTurns < 1 || maxTurnsPerTenant < 1 || maxAttempts < 1 || maxRecordings < 1) {
            throw new SettingException("SWITCHBOARD_ENGINE_*", "counts must be at least 1");
        }
        if (lease.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new SettingException("SWITCHBOARD_ENGINE_LEASE", "must be at least 2s: " + lease);
        }
    }
}
