package io.switchboard.ingestion.parsing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one document may cost.
 *
 * @param deadline after which the process that reads it is killed
 * @param heap of that process
 * @param maxCharacters of text that a document may hold
 * @param idle after which a process that has nothing to read is ended
 */
@ConfigurationProperties("switchboard.parsing")
record ParserSettings(
        @DefaultValue("60s") Duration deadline,
        @DefaultValue("256MB") DataSize heap,
        @DefaultValue("20000000") int maxCharacters,
        @DefaultValue("60s") Duration idle) {

    ParserSettings {
        if (!deadline.isPositive() || heap.toMegabytes() < 16 || maxCharacters < 1) {
            throw new IllegalArgumentException("switchboard.parsing: deadline " + deadline + ", heap " + heap
                    + ", max-characters " + maxCharacters);
        }
    }
}
