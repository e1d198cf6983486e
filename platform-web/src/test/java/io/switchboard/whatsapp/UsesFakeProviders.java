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
        String model = FakeModel.shared().address().toString();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "fake-providers",
                        Map.ofEntries(
                                Map.entry(
                                        "switchboard.meta.base-url",
                                        FakeMeta.shared().baseUrl()),
                                Map.entry(
                                        "switchboard.twilio.base-url",
                                        FakeTwilio.shared().baseUrl()),
                                Map.entry("switchboard.transcription.base-url", model),
                                Map.entry("switchboard.transcription.api-key", "stand-in"),
                                Map.entry("switchboard.transcription.model", "stand-in-ears"),
                                Map.entry("switchboard.vision.base-url", model),
                                Map.entry("switchboard.vision.api-key", "stand-in"),
                                Map.entry("switchboard.vision.model", "stand-in-eyes"),
                                Map.entry("switchboard.public-url", PUBLIC_URL),
                                Map.entry("switchboard.allow-private-networks", "true"),
                                Map.entry("switchboard.engine.status-grace", "2s"))));
    }
}
