package io.switchboard.installation;

import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InstallationSettings.class)
class InstallationConfiguration {

    @Bean
    MasterKeys masterKeys(InstallationSettings settings) {
        return MasterKeys.of(settings);
    }

    @Bean
    MasterKey masterKey(MasterKeys keys) {
        return keys.current();
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
