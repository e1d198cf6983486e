package io.switchboard.whatsapp;

import io.switchboard.world.FakeMeta;
import io.switchboard.world.FakeTwilio;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Where nothing else is set, providers are asked at our stand-ins, so that no test reaches a real one. */
public class ReachesStandIns implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "stand-ins",
                        Map.of(
                                "switchboard.meta.base-url",
                                FakeMeta.shared().baseUrl(),
                                "switchboard.twilio.base-url",
                                FakeTwilio.shared().baseUrl())));
    }
}
