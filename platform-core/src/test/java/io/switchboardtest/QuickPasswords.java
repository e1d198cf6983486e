package io.switchboardtest;

import java.lang.reflect.Constructor;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords with the least work that bcrypt allows, where a test makes people and signs them in by the hundred. What a real hash
 * costs, and that it costs everybody the same, is the matter of AccessServiceTest, which takes real ones for that.
 */
public class QuickPasswords implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int LEAST = 4;
    private static final String BEAN = "passwords";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.addBeanFactoryPostProcessor(factory -> {
            String type = String.valueOf(factory.getBeanDefinition(BEAN).getBeanClassName());
            BeanDefinitionRegistry definitions = (BeanDefinitionRegistry) factory;
            definitions.removeBeanDefinition(BEAN);
            definitions.registerBeanDefinition(BEAN, quick(type));
        });
    }

    /** Only their own package can name them, and what stands there in the tests' jar would count as the program's. */
    private static RootBeanDefinition quick(String type) {
        try {
            return quick(Class.forName(type).getDeclaredConstructor(PasswordEncoder.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("passwords are not hashed as this expects", e);
        }
    }

    private static <T> RootBeanDefinition quick(Constructor<T> constructor) {
        return new RootBeanDefinition(
                constructor.getDeclaringClass(),
                () -> BeanUtils.instantiateClass(constructor, new BCryptPasswordEncoder(LEAST)));
    }
}
