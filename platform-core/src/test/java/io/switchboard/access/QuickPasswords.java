package io.switchboard.access;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Hashes passwords with the least work that bcrypt allows, where a test makes people and signs them in by the hundred. What a real hash
 * costs, and that it costs everybody the same, is the matter of {@link AccessServiceTest}, which takes real ones for that.
 */
public class QuickPasswords implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int LEAST = 4;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(factory -> {
            BeanDefinitionRegistry definitions = (BeanDefinitionRegistry) factory;
            definitions.removeBeanDefinition("passwords"); // fails if there is none
            definitions.registerBeanDefinition(
                    "passwords",
                    new RootBeanDefinition(Passwords.class, () -> new Passwords(new BCryptPasswordEncoder(LEAST))));
        });
    }
}
