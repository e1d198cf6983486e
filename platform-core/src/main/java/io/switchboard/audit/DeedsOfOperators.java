package io.switchboard.audit;

import io.switchboard.tenancy.PlanSaved;
import io.switchboard.tenancy.TenantChanged;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what operators do to tenants and plans; a tenant sees in its own entries what was done to it. */
@Component
class DeedsOfOperators {

    private final AuditService audit;

    DeedsOfOperators(AuditService audit) {
        this.audit = audit;
    }

    @EventListener
    void on(TenantChanged event) {
        audit.recordForOperators(event.action(), "tenant", event.tenant().value(), event.detail());
        if (!event.isNew()) {
            audit.record(
                    event.tenant(), event.action(), "tenant", event.tenant().value(), event.detail());
        }
    }

    @EventListener
    void on(PlanSaved event) {
        audit.recordForOperators("saved", "plan", null, event.plan().toString());
    }
}
