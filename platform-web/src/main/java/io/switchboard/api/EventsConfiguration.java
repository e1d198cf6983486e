package io.switchboard.api;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.switchboard.installation.InstallationSettings;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.server.support.OriginHandshakeInterceptor;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/** Opens {@code /api/v1/events} to programs and to pages that come from us. */
@Configuration(proxyBeanMethods = false)
class EventsConfiguration {

    static final String PATH = "/api/v1/events";

    @Bean
    WebSocketHandlerMapping eventsMapping(EventSocket socket, InstallationSettings installation) {
        WebSocketHttpRequestHandler handler = new WebSocketHttpRequestHandler(socket);
        handler.setHandshakeInterceptors(List.of(new OriginHandshakeInterceptor(origins(installation.publicUrl()))));
        WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
        mapping.setUrlMap(Map.of(PATH, handler));
        mapping.setWebSocketUpgradeMatch(true);
        mapping.setOrder(1);
        return mapping;
    }

    /** Springdoc knows controllers only. */
    @Bean
    OpenApiCustomizer eventsInTheDocumentation() {
        Operation operation = new Operation()
                .addTagsItem("live-events")
                .summary("Live events (WebSocket)")
                .description("""
                        Open a WebSocket here and send, as the first frame and within five seconds, `{"accessToken": "…", "tenant": "slug"}`; \
                        an API key does as well as an access token, and \
                        `tenant` may be left out by who works for one tenant only. `{"type": "ready"}` answers. Then come, of this tenant:

                        * `{"type": "message", "message": {…}}` for each new message and each change of a message's status, but for states that last \
                        less than a tenth of a second; the message is as in \
                        `GET /api/v1/messages`. Requires the permission READ_CONVERSATIONS.
                        * `{"type": "document", "document": {…}}` while a document is processed, as in `GET /api/v1/documents/{id}`.
                        * `{"type": "document.deleted", "id": "…"}`

                        The connection closes when its token ends; send a fresh token in the same form before that. Close codes: 4401 no valid token \
                        (any more), 4408 the client reads too slowly, 4429 too many connections. What happened while no connection was open is in \
                        the lists.""")
                .responses(new ApiResponses().addApiResponse("101", new ApiResponse().description("WebSocket")));
        return api -> api.path(PATH, new PathItem().get(operation));
    }

    /** The address that the request came to is always allowed. */
    private static List<String> origins(@Nullable URI publicUrl) {
        if (publicUrl == null) {
            return List.of();
        }
        String port = publicUrl.getPort() < 0 ? "" : ":" + publicUrl.getPort();
        return List.of(publicUrl.getScheme() + "://" + publicUrl.getHost() + port);
    }
}
