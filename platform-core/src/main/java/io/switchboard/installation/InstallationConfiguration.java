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
    MasterKey masterKey(InstallationSettings settings) {
        if (settings.masterKey() != null) {
            return MasterKey.parse(settings.masterKey());
        }
        return MasterKey.readOrCreate(settings.dataDir().resolve("master.key"));
    }

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
