package io.switchboard.ui.audit;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import io.switchboard.audit.AuditEntry;
import io.switchboard.audit.AuditFilter;
import io.switchboard.audit.AuditService;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;

/** What was done in a tenant. The filters stand in the address, so a view of them can be passed on. */
@Route("audit")
@Menu(title = "nav.audit", icon = "vaadin:clipboard-text", order = 12)
@PermitAll
@Requires(Permission.READ_AUDIT)
class AuditView extends Page implements BeforeEnterObserver {

    private final AuditList list;

    AuditView(AuditService audit, Session session) {
        super("audit");
        list = new AuditList("audit", new OfTenant(audit, session));
        addActions(list.exportLink());
        add(list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        list.show(event.getLocation().getQueryParameters());
    }

    private record OfTenant(AuditService audit, Session session) implements AuditList.Source {

        @Override
        public Slice<AuditEntry> list(AuditFilter filter, PageRequest page) {
            TenantId tenant = session.tenantFor(Permission.READ_AUDIT);
            return audit.list(tenant, filter, page);
        }

        @Override
        public void export(AuditFilter filter, Appendable out) throws IOException {
            audit.export(session.tenantFor(Permission.READ_AUDIT), filter, out);
        }
    }
}
