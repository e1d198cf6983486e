package io.switchboard.ingestion.crawling;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Manners towards sites.
 *
 * @param delay between two requests to one host; longer where the site's robots.txt asks for it
 */
@ConfigurationProperties("switchboard.crawling")
record CrawlSettings(@DefaultValue("1s") Duration delay) {

    CrawlSettings {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("switchboard.crawling: delay " + delay);
        }
    }
}
