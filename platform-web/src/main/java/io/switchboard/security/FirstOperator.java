package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.kernel.EmailAddress;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Creates the operator named in the settings before anybody can ask for anything. */
@Component
@EnableConfigurationProperties(OperatorSettings.class)
class FirstOperator implements SmartInitializingSingleton {

    private final OperatorSettings settings;
    private final AccessService access;

    FirstOperator(OperatorSettings settings, AccessService access) {
        this.settings = settings;
        this.access = access;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (settings.email() != null && settings.password() != null) {
            access.ensureOperator(new EmailAddress(settings.email()), settings.password());
        }
    }
}
