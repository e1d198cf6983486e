package io.switchboard.ui.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import io.switchboard.permissions.NotPermittedException;
import io.switchboard.ui.parts.Notice;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a visitor sees of a bug: an apology and a number under which the log tells the rest. */
class PoliteErrors implements ErrorHandler {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PoliteErrors.class);

    @Override
    public void error(ErrorEvent event) {
        if (causedByLostAccess(event.getThrowable())) {
            tell("error.lost", "");
            return;
        }
        tell("error.notice", log(event.getThrowable()));
    }

    private static void tell(String key, String id) {
        UI ui = UI.getCurrent();
        if (ui != null) {
            var _ = ui.access(() -> Notice.problem(ui.getTranslation(key, id)));
        }
    }

    /** Logs once, under a fresh id. */
    static String log(Throwable problem) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("View failed, error id {}", id, problem);
        return id;
    }

    private static boolean causedByLostAccess(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoTenantException || cause instanceof NotPermittedException) {
                return true;
            }
        }
        return false;
    }
}
