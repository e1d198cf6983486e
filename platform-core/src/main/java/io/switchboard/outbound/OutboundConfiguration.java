package io.switchboard.outbound;

import io.switchboard.installation.InstallationSettings;
import java.net.InetAddress;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutboundConfiguration {

    @Bean
    OutboundFetcher outboundFetcher(InstallationSettings installation) {
        return new OutboundFetcher(
                InetAddress::getAllByName,
                policy(installation),
                DefaultClientTlsStrategy.createDefault(),
                OutboundPatience.USUAL);
    }

    static AddressPolicy policy(InstallationSettings installation) {
        return installation.allowPrivateNetworks() ? new AddressPolicy.PrivateToo() : new AddressPolicy.PublicOnly();
    }
}
