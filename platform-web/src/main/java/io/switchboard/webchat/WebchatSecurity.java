package io.switchboard.webchat;

import io.switchboard.security.DataEdge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Nobody signs in to a web chat, and it sets no cookie; which pages may use it, is decided per channel. */
@Configuration(proxyBeanMethods = false)
class WebchatSecurity {

    @Bean
    @Order(6)
    SecurityFilterChain webchatChain(HttpSecurity http, WebchatOrigins origins) throws Exception {
        return DataEdge.of(http.securityMatcher("/webchat/**"))
                .cors(cors -> cors.configurationSource(origins))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}
