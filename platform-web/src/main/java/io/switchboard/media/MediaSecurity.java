package io.switchboard.media;

import io.switchboard.security.DataEdge;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Providers do not sign in: the link is what they have. */
@Configuration(proxyBeanMethods = false)
class MediaSecurity {

    @Bean
    @Order(7)
    SecurityFilterChain mediaChain(HttpSecurity http) throws Exception {
        return DataEdge.of(http.securityMatcher("/media/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }
}
