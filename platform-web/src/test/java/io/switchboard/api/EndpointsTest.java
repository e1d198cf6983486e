package io.switchboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Requires;
import io.switchboard.security.Anyone;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Looks at every mapping below /api, so that a new one cannot forget what the others do. */
class EndpointsTest extends WebTest {

    private static final Set<String> WITHOUT_SIGN_IN = Set.of(
            "/api/v1/auth/login",
            "/api/v1/auth/refresh",
            "/api/v1/auth/logout",
            "/api/v1/auth/forgot",
            "/api/v1/auth/reset",
            "/api/v1/auth/join");

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void declares_for_every_endpoint_whom_it_is_for() {
        Map<RequestMappingInfo, HandlerMethod> endpoints = endpoints();

        assertThat(endpoints).hasSizeGreaterThan(20);
        assertThat(endpoints)
                .allSatisfy((mapping, method) -> assertThat(List.of(Requires.class, OperatorOnly.class, Anyone.class))
                        .as(mapping.toString())
                        .filteredOn(annotation -> AnnotatedElementUtils.hasAnnotation(method.getMethod(), annotation)
                                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), annotation))
                        .isNotEmpty());
    }

    @Test
    void refuses_every_endpoint_without_a_token() {
        Set<String> tried = new TreeSet<>();

        endpoints()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> !WITHOUT_SIGN_IN.contains(path))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> {
                                    ApiClient.Reply reply = send(anonymous(), method, path);
                                    assertThat(reply.status())
                                            .as(reply.toString())
                                            .isEqualTo(401);
                                    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
                                    tried.add(method + " " + path);
                                })));

        assertThat(tried).hasSizeGreaterThan(20);
    }

    @Test
    void knows_nothing_by_an_id_of_nobody() {
        SignedInOwner owner = newTenant();
        Set<String> tried = new TreeSet<>();

        endpoints()
                .forEach((mapping, handler) -> mapping.getPatternValues().stream()
                        .filter(path -> path.contains("{id}") && !path.startsWith("/api/v1/tenants"))
                        .forEach(path -> mapping.getMethodsCondition().getMethods().stream()
                                .filter(method -> method == RequestMethod.GET || method == RequestMethod.DELETE)
                                .forEach(method -> {
                                    ApiClient.Reply reply = send(owner.api(), method, path);
                                    assertThat(reply.status())
                                            .as(reply.toString())
                                            .isEqualTo(404);
                                    tried.add(method + " " + path);
                                })));

        assertThat(tried).hasSizeGreaterThanOrEqualTo(5);
    }

    private static ApiClient.Reply send(ApiClient client, RequestMethod method, String pattern) {
        String path = pattern.replaceAll("\\{[^}]+}", "0190a3b0-0000-7000-8000-000000000000");
        return client.send(
                method.name(), path, "application/json", method == RequestMethod.GET ? null : new byte[] {'{', '}'});
    }

    private Map<RequestMappingInfo, HandlerMethod> endpoints() {
        return requestMappingHandlerMapping.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getKey().getPatternValues().stream().anyMatch(path -> path.startsWith("/api/")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
