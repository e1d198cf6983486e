package io.switchboard;

import io.switchboard.installation.SettingException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Looks at the port first, before database and indexes are started for nothing. */
@Component
class PortCheck implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    private static final String SETTING = "SWITCHBOARD_PORT";
    private static final int HIGHEST = 65_535;

    private final Environment environment;

    PortCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        int port = environment.getProperty("server.port", Integer.class, 0);
        if (port < 0 || port > HIGHEST) {
            throw new SettingException(SETTING, "must be from 0 (any free port) to " + HIGHEST + ", not " + port);
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a connection of an earlier run may still be closing
            socket.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            SettingException refusal = new SettingException(
                    SETTING,
                    port + " cannot be used (" + e.getMessage() + "); choose another port, or 0 for any free one");
            refusal.initCause(e);
            throw refusal;
        }
    }
}
