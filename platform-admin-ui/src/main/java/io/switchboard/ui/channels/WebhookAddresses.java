package io.switchboard.ui.channels;

import com.vaadin.flow.server.VaadinServletRequest;
import io.switchboard.channels.Channel;
import io.switchboard.installation.InstallationSettings;
import java.net.URI;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The addresses that providers are told to call. */
@Component
class WebhookAddresses {

    private final InstallationSettings settings;

    WebhookAddresses(InstallationSettings settings) {
        this.settings = settings;
    }

    /** Below the public address, or else below the one in the visitor's browser. */
    String of(Channel channel) {
        URI configured = settings.publicUrl();
        String base = configured == null ? visited() : configured.toString();
        return base.replaceAll("/+$", "") + "/webhooks/" + channel.provider().slug() + "/" + channel.key();
    }

    /** False if the installation was not told its public address, so that a provider may not find it. */
    boolean reachable() {
        return settings.publicUrl() != null;
    }

    private static String visited() {
        return ServletUriComponentsBuilder.fromContextPath(
                        VaadinServletRequest.getCurrent().getHttpServletRequest())
                .toUriString();
    }
}
