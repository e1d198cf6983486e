package io.switchboard.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The health of the program: names and states for everybody, details for operators. */
@RestController
class HealthController {

    private final HealthCheck check;

    HealthController(HealthCheck check) {
        this.check = check;
    }

    /** @param status UP; DEGRADED if something is down that is not vital; DOWN, with HTTP status 503, if it is */
    record Health(String status, List<Part> dependencies) {}

    record Part(
            String name,
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Object> details) {}

    @GetMapping("/health")
    ResponseEntity<Health> health(HttpServletRequest request) {
        boolean operator = request.isUserInRole("OPERATOR");
        List<DependencyState> states = check.run();
        boolean vitalDown = states.stream().anyMatch(state -> state.vital() && !state.up());
        boolean allUp = states.stream().allMatch(DependencyState::up);
        List<Part> parts = states.stream()
                .map(state -> new Part(state.name(), state.up() ? "UP" : "DOWN", operator ? state.details() : null))
                .toList();
        return ResponseEntity.status(vitalDown ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK)
                .cacheControl(CacheControl.noStore())
                .body(new Health(vitalDown ? "DOWN" : allUp ? "UP" : "DEGRADED", parts));
    }
}
