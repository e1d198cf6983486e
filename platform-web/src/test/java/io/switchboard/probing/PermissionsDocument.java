package io.switchboard.probing;

import com.vaadin.flow.router.RouteData;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.probing.ServiceOperations.Operation;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes {@code docs/permissions.md} from what the code declares. */
final class PermissionsDocument {

    private static final String YES = "yes";
    private static final String NO = "";

    private PermissionsDocument() {}

    static String of(List<Endpoint> endpoints, List<RouteData> routes, List<Operation> services) {
        return """
                # Permissions

                Who may do what. This page is written from the code: change the code, then run \
                `./mvnw -pl platform-web -am test -Dtest=PermissionsTest -Dswitchboard.docs=write -Dsurefire.failIfNoSpecifiedTests=false`. \
                A test fails when the page is not what the code says, and another one calls every operation of the API as every role.

                An API key has a role too, and may do what a person with this role may.

                ## Permissions of a role

                """ + permissions() + """

                ## Operations of the API

                """ + operations(endpoints) + """

                ## Pages

                A page shows a person only the buttons that their role may use, and asks again when a button is clicked.

                """ + pages(routes) + """

                ## Operations of services

                Behind the API and the pages, services ask once more for the role, or whether somebody is the operator. What one operation does \
                inside itself goes with it, and so does all that the program does by itself.

                """ + services(services);
    }

    private static String services(List<Operation> services) {
        return head("Operation")
                + ServiceOperations.named(services).stream()
                        .filter(Operation::guarded)
                        .map(operation -> row(
                                "`" + operation.name() + "`",
                                operation.requires() == null
                                        ? Set.of()
                                        : operation.requires().roles(),
                                operation.operatorOnly()))
                        .collect(Collectors.joining());
    }

    private static String permissions() {
        return head("Permission")
                + Arrays.stream(Permission.values())
                        .map(permission -> row(permission.name(), permission.roles(), false))
                        .collect(Collectors.joining());
    }

    private static String operations(List<Endpoint> endpoints) {
        return head("Operation")
                + endpoints.stream()
                        .filter(endpoint -> endpoint.pattern().startsWith("/api/v1/"))
                        .map(PermissionsDocument::operation)
                        .collect(Collectors.joining());
    }

    private static String operation(Endpoint endpoint) {
        String name =
                "`" + endpoint.method() + " " + endpoint.pattern() + "`" + (endpoint.multipart() ? " (file)" : "");
        Requires requires = endpoint.requires();
        if (requires != null) {
            return row(name, requires.value().roles(), false);
        }
        return endpoint.operatorOnly() ? row(name, Set.of(), true) : row(name, Set.of(Role.values()), true);
    }

    private static String pages(List<RouteData> routes) {
        return head("Page")
                + routes.stream()
                        .filter(route -> route.getNavigationTarget().getName().startsWith("io.switchboard."))
                        .sorted(Comparator.comparing(RouteData::getTemplate))
                        .map(PermissionsDocument::page)
                        .collect(Collectors.joining());
    }

    private static String page(RouteData route) {
        Class<?> view = route.getNavigationTarget();
        String name = "`/" + route.getTemplate() + "`";
        Requires needs = view.getAnnotation(Requires.class);
        if (needs != null) {
            return row(name, needs.value().roles(), false);
        }
        RolesAllowed allowed = view.getAnnotation(RolesAllowed.class);
        if (allowed != null) {
            Set<String> names = Set.of(allowed.value());
            return row(
                    name,
                    Stream.of(Role.values())
                            .filter(role -> names.contains(role.name()))
                            .collect(Collectors.toSet()),
                    names.contains("OPERATOR"));
        }
        return row(name, Set.of(Role.values()), true);
    }

    private static String head(String what) {
        String roles = Arrays.stream(Role.values()).map(Role::name).collect(Collectors.joining(" | "));
        return "| " + what + " | " + roles + " | operator |\n| --- |" + " --- |".repeat(Role.values().length + 1)
                + "\n";
    }

    private static String row(String name, Set<Role> roles, boolean operator) {
        return "| " + name + " | "
                + Arrays.stream(Role.values())
                        .map(role -> roles.contains(role) ? YES : NO)
                        .collect(Collectors.joining(" | "))
                + " | " + (operator ? YES : NO) + " |\n";
    }
}
