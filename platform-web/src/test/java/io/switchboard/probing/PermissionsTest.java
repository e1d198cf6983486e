package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.server.VaadinServletContext;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.startup.ApplicationRouteRegistry;
import io.switchboard.WebTest;
import io.switchboard.permissions.Requires;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Holds {@code docs/permissions.md} to the code.
 *
 * <p>Checklist: ASVS 8.2.1 and 8.3.1.
 */
class PermissionsTest extends WebTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "permissions.md");

    @Autowired
    Endpoints endpoints;

    @Autowired
    ServletContext context;

    @Autowired
    ApplicationContext program;

    @Test
    void tells_in_the_documentation_what_the_code_does() throws IOException {
        String now = PermissionsDocument.of(endpoints.all(), routes(), ServiceOperations.of(program));
        if ("write".equals(System.getProperty("switchboard.docs"))) {
            Files.writeString(DOCUMENT, now);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/permissions.md is stale; write it anew with -Dtest=PermissionsTest -Dswitchboard.docs=write")
                .isEqualTo(now);
        assertThat(now.lines().filter(line -> line.startsWith("| `/")).count()).isGreaterThan(12);
    }

    /** Checklist: Vaadin specifics, every route annotated or denied by default. */
    @Test
    void declares_for_every_page_whom_it_is_for() {
        List<RouteData> routes = routes();

        assertThat(routes).hasSizeGreaterThan(12).allSatisfy(route -> {
            Class<?> view = route.getNavigationTarget();
            assertThat(Stream.of(PermitAll.class, RolesAllowed.class, AnonymousAllowed.class, DenyAll.class)
                            .filter(view::isAnnotationPresent)
                            .count())
                    .as(view.getName())
                    .isEqualTo(1);
            assertThat(view.isAnnotationPresent(Requires.class)
                            || view.isAnnotationPresent(RolesAllowed.class)
                            || OPEN_TO_ALL.contains(route.getTemplate()))
                    .as("%s asks for a permission", view.getName())
                    .isTrue();
        });
    }

    /** The door, links that open it, one's own account, and what is shown to somebody who has no tenant. */
    private static final List<String> OPEN_TO_ALL = List.of(
            "login",
            "login/code",
            "forgot",
            "reset/:token",
            "invitation/:token",
            "join/:token",
            "account",
            "no-tenant");

    private List<RouteData> routes() {
        return ApplicationRouteRegistry.getInstance(new VaadinServletContext(context))
                .getRegisteredRoutes();
    }
}
