package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.conversations.DeliveryPolicy;
import io.switchboard.conversations.DeliveryPolicyService;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant has decided about late messages and unclear sends. */
@RestController
@RequestMapping("/api/v1/delivery-policy")
class DeliveryPolicyController {

    private static final int WEEK_IN_MINUTES = 7 * 24 * 60;

    private final DeliveryPolicyService policies;

    DeliveryPolicyController(DeliveryPolicyService policies) {
        this.policies = policies;
    }

    /**
     * @param answerWithinMinutes age up to which a message is answered by the bot
     * @param repeatUnclearSends whether to send again what may or may not have arrived
     */
    record Body(
            @NotNull @Min(1) @Max(WEEK_IN_MINUTES) Integer answerWithinMinutes,
            @NotNull Boolean repeatUnclearSends) {

        static Body of(DeliveryPolicy policy) {
            return new Body(Math.toIntExact(policy.answerWithin().toMinutes()), policy.repeatUnclearSends());
        }
    }

    @GetMapping
    @Requires(Permission.READ_CHANNELS)
    Body find(Caller caller) {
        return Body.of(policies.find(caller.tenantId()));
    }

    @PutMapping
    @Requires(Permission.EDIT_CHANNELS)
    Body save(Caller caller, @Valid @RequestBody Body body) {
        policies.save(
                caller.tenantId(),
                new DeliveryPolicy(Duration.ofMinutes(body.answerWithinMinutes()), body.repeatUnclearSends()));
        return Body.of(policies.find(caller.tenantId()));
    }
}
