package io.switchboard.ui.parts;

import com.vaadin.flow.server.VaadinServletRequest;
import io.switchboard.installation.InstallationSettings;
import java.net.URI;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where this program is found: at the public address, or else at the one in the visitor's browser. */
@Component
public class ProgramAddress {

    private final InstallationSettings settings;

    ProgramAddress(InstallationSettings settings) {
        this.settings = settings;
    }

    /** @param path without a slash at its beginning */
    public String of(String path) {
        URI configured = settings.publicUrl();
        String base = configured == null ? visited() : configured.toString();
        return base.replaceAll("/+$", "") + "/" + path;
    }

    /** False if the installation was not told its public address, so that nobody else may find it. */
    public boolean reachable() {
        return settings.publicUrl() != null;
    }

    private static String visited() {
        return ServletUriComponentsBuilder.fromContextPath(
                        VaadinServletRequest.getCurrent().getHttpServletRequest())
                .toUriString();
    }
}
