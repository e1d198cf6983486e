package io.switchboard.webchat;

import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.RoutedChannel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/** Which pages may show a web chat: those that its tenant has named, and no other. */
@Component
class WebchatOrigins implements CorsConfigurationSource {

    private static final Pattern PATH = Pattern.compile("/webchat/([A-Za-z0-9_-]{1,64})/[a-z]+(/[0-9a-f-]+)?");
    private static final long PREFLIGHT_SECONDS = 3600;

    private final ChannelService channels;

    WebchatOrigins(ChannelService channels) {
        this.channels = channels;
    }

    Optional<RoutedChannel> route(String channelKey) {
        return channels.route(channelKey).filter(routed -> routed.channel().provider() == ChannelProvider.WEBCHAT);
    }

    /** False too for a request that says nothing of where it comes from: a browser always says it. */
    boolean allows(RoutedChannel routed, HttpServletRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin != null && of(routed).contains(origin.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        Matcher path = PATH.matcher(request.getRequestURI());
        if (!path.matches()) {
            return null;
        }
        return route(path.group(1)).map(WebchatOrigins::configuration).orElse(null);
    }

    private static CorsConfiguration configuration(RoutedChannel routed) {
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(of(routed));
        configuration.setAllowedMethods(List.of("GET", "POST"));
        configuration.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE, WebchatVisitor.HEADER));
        configuration.setMaxAge(PREFLIGHT_SECONDS);
        return configuration;
    }

    private static List<String> of(RoutedChannel routed) {
        String allowed = routed.channel().settings().getOrDefault("allowedOrigins", "");
        return List.of(allowed.toLowerCase(Locale.ROOT).strip().split("[\\s,]+"));
    }
}
