package io.switchboard.installation;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the installation as a whole.
 *
 * @param dataDir everything the program keeps on disk
 * @param publicUrl address under which providers reach us; null: only this machine does
 * @param masterKey 32 bytes in Base64; null: generated once into the data directory
 * @param previousMasterKey the one before, while the master key is being changed; null at all other times
 * @param demo true to create the demo tenants on an empty installation
 * @param allowPrivateNetworks true to let tenants name addresses inside our network
 */
@ConfigurationProperties("switchboard")
public record InstallationSettings(
        @DefaultValue("./data") Path dataDir,
        @Nullable URI publicUrl,
        @Nullable String masterKey,
        @Nullable String previousMasterKey,
        @DefaultValue("false") boolean demo,
        @DefaultValue("false") boolean allowPrivateNetworks) {

    public InstallationSettings {
        if (publicUrl != null
                && (publicUrl.getHost() == null
                        || !String.valueOf(publicUrl.getScheme()).matches("https?"))) {
            throw new SettingException(
                    "SWITCHBOARD_PUBLIC_URL",
                    "is not an http(s) address such as https://bots.example.org: " + publicUrl);
        }
    }

    @Override
    public String toString() {
        return "InstallationSettings[dataDir=" + dataDir + ", publicUrl=" + publicUrl + ", demo=" + demo + "]";
    }
}
