package io.switchboard.ingestion.parsing;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParserSettings.class)
class ParsingConfiguration {

    @Bean
    DocumentParser documentParser(ParserSettings settings) {
        return new DocumentParser(settings);
    }
}
