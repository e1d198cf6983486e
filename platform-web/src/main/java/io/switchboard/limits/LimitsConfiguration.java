package io.switchboard.limits;

import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Valve;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class LimitsConfiguration {

    /** Before the server's own valve, which takes away the header that this one reads. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientAddresses(LimitSettings settings) {
        return server -> {
            List<Valve> valves = new ArrayList<>(server.getEngineValves());
            valves.addFirst(new ClientAddressValve(new ClientAddresses(settings.proxyMatchers())));
            server.setEngineValves(valves);
        };
    }
}
