package io.switchboard.probing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every address of the running program, and the case that says how to call it. */
@Component
public class Endpoints {

    private static final String CASES = "/probing/endpoints.txt";

    private final ApplicationContext context;

    Endpoints(ApplicationContext context) {
        this.context = context;
    }

    /** From the running program, not from a list of ours. */
    public List<Endpoint> all() {
        Stream<Endpoint> handlers = context.getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                .flatMap(entry -> endpoints(entry.getKey(), entry.getValue()));
        Stream<Endpoint> resources = context.getBeansOfType(AbstractUrlHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMap().keySet().stream())
                .map(pattern -> new Endpoint("GET", pattern, false, null));
        return Stream.concat(handlers, resources)
                .collect(Collectors.toMap(Endpoint::shape, Function.identity(), (one, same) -> one))
                .values()
                .stream()
                .sorted(Comparator.comparing(Endpoint::pattern).thenComparing(Endpoint::method))
                .toList();
    }

    private static Stream<Endpoint> endpoints(RequestMappingInfo mapping, HandlerMethod handler) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        boolean multipart = mapping.getConsumesCondition().getConsumableMediaTypes().stream()
                .anyMatch(MediaType.MULTIPART_FORM_DATA::includes);
        return mapping.getPatternValues().stream()
                .flatMap(pattern -> (methods.isEmpty() ? Set.of(RequestMethod.GET) : methods)
                        .stream().map(method -> new Endpoint(method.name(), pattern, multipart, handler)));
    }

    /** In the order in which they are written. */
    static Map<String, EndpointCase> cases() {
        try (InputStream file = Objects.requireNonNull(Endpoints.class.getResourceAsStream(CASES), CASES)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(EndpointCase::parse)
                    .collect(Collectors.toMap(
                            EndpointCase::shape, Function.identity(), Endpoints::refuseTwo, LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(CASES, e);
        }
    }

    private static EndpointCase refuseTwo(EndpointCase one, EndpointCase two) {
        throw new IllegalStateException("two cases for one endpoint: " + one + ", " + two);
    }

    /** What keeps the cases from covering the program: endpoints without one, cases without an endpoint, fields that no case sends. */
    public List<String> gaps() {
        List<Endpoint> endpoints = all();
        Map<String, EndpointCase> cases = cases();
        List<String> gaps = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            EndpointCase known = cases.get(endpoint.shape());
            if (known == null) {
                gaps.add(endpoint + " has no case in endpoints.txt");
                continue;
            }
            endpoint.fields().stream()
                    .filter(field -> !known.names(field))
                    .forEach(field -> gaps.add(endpoint + " takes " + field + ", which its case does not send"));
        }
        Set<String> shapes = endpoints.stream().map(Endpoint::shape).collect(Collectors.toSet());
        cases.keySet().stream()
                .filter(shape -> !shapes.contains(shape))
                .forEach(shape -> gaps.add(shape + " is no endpoint any more"));
        return gaps;
    }
}
