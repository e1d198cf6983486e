package io.switchboard.whatsapp;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.outbound.ProviderClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Front doors of a program that runs in a test. */
public final class FrontDoors {

    private FrontDoors() {}

    /** Of a program that is known under the address of the test. */
    public static FrontDoor at(int port) {
        return new FrontDoor(known("http://localhost:" + port));
    }

    /** Of a program that is known under {@link UsesFakeProviders#PUBLIC_URL}, where a proxy passes everything on. */
    public static FrontDoor behindProxy(int port) {
        return new FrontDoor(known(UsesFakeProviders.PUBLIC_URL)) {

            @Override
            ProviderClient.Response send(Knock knock) throws IOException {
                URI inside = URI.create(
                        knock.address().toString().replace(UsesFakeProviders.PUBLIC_URL, "http://localhost:" + port));
                return super.send(
                        new Knock(knock.name(), knock.method(), inside, knock.headers(), knock.body(), knock.answer()));
            }
        };
    }

    private static InstallationSettings known(String address) {
        return new InstallationSettings(Path.of("."), URI.create(address), null, null, false, false);
    }
}
