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
 * @param pictureDeadline in place of the deadline, for a document that is pictures of text
 * @param tesseract the program that reads these, a name on the PATH or an absolute path
 */
@ConfigurationProperties("switchboard.parsing")
record ParserSettings(
        @DefaultValue("60s") Duration deadline,
        @DefaultValue("256MB") DataSize heap,
        @DefaultValue("20000000") int maxCharacters,
        @DefaultValue("60s") Duration idle,
        @DefaultValue("5m") Duration pictureDeadline,
        @DefaultValue("tesseract") String tesseract) {

    ParserSettings {
        if (!deadline.isPositive() || !pictureDeadline.isPositive() || heap.toMegabytes() < 16 || maxCharacters < 1) {
            throw new IllegalArgumentException("switchboard.parsing: deadline " + deadline + ", heap " + heap
                    + ", max-characters " + maxCharacters);
        }
    }
}
