package io.switchboard.knowledge;

import io.switchboard.installation.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of knowledge, for every tenant alike; plans limit the rest.
 *
 * @param maxFileSize of one uploaded file
 */
@ConfigurationProperties("switchboard")
record KnowledgeSettings(@DefaultValue("50MB") DataSize maxFileSize) {

    KnowledgeSettings {
        if (maxFileSize.toBytes() < 1 || maxFileSize.toGigabytes() > 1) {
            throw new SettingException("SWITCHBOARD_MAX_FILE_SIZE", "must be between 1B and 1GB, for example 50MB");
        }
    }
}
