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
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;

/** What operators did to tenants and to the installation. */
@Route("operator-audit")
@Menu(title = "nav.operatoraudit", icon = "vaadin:clipboard-user", order = 23)
@RolesAllowed("OPERATOR")
class OperatorAuditView extends Page implements BeforeEnterObserver {

    private final AuditList list;

    OperatorAuditView(AuditService audit, Session session) {
        super("operatoraudit");
        list = new AuditList("operator-audit", new OfOperators(audit, session));
        addActions(list.exportLink());
        add(list);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        list.show(event.getLocation().getQueryParameters());
    }

    private record OfOperators(AuditService audit, Session session) implements AuditList.Source {

        @Override
        public Slice<AuditEntry> list(AuditFilter filter, PageRequest page) {
            session.requireOperator();
            return audit.listOfOperators(filter, page);
        }

        @Override
        public void export(AuditFilter filter, Appendable out) throws IOException {
            session.requireOperator();
            audit.exportOfOperators(filter, out);
        }
    }
}
