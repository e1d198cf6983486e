package io.switchboard.whatsapp;

import io.switchboard.world.FakeMeta;
import io.switchboard.world.FakeModel;
import io.switchboard.world.FakeTwilio;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Makes the program send to the stand-ins of the providers, and gives it an address in the world, as behind a proxy. */
public class UsesFakeProviders implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    /** What providers call; nothing listens there. */
    public static final String PUBLIC_URL = "https://bots.example.test";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "fake-providers",
                        Map.of(
                                "switchboard.meta.base-url",
                                FakeMeta.shared().baseUrl(),
                                "switchboard.twilio.base-url",
                                FakeTwilio.shared().baseUrl(),
                                "switchboard.transcription.base-url",
                                FakeModel.shared().address().toString(),
                                "switchboard.transcription.api-key",
                                "stand-in",
                                "switchboard.transcription.model",
                                "stand-in-ears",
                                "switchboard.public-url",
                                PUBLIC_URL,
                                "switchboard.allow-private-networks",
                                "true",
                                "switchboard.engine.status-grace",
                                "2s")));
    }
}
