package io.switchboard.whatsapp.meta;

import io.switchboard.world.FakeMeta;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Makes the program send to {@link FakeMeta#shared()}. */
public class UsesFakeMeta implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "fake-meta",
                        Map.of("switchboard.meta.base-url", FakeMeta.shared().baseUrl())));
    }
}
