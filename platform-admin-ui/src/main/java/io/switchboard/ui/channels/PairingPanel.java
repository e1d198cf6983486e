package io.switchboard.ui.channels;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import io.switchboard.channels.Pairing;
import io.switchboard.channels.PairingService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The picture that a telephone scans, for as long as the provider waits for one. It is fetched by the program and travels inside the page,
 * so that the browser needs neither the provider's address nor its key.
 */
class PairingPanel extends Div {

    /** A picture lives for 20 seconds. */
    private static final Duration AGAIN = Duration.ofSeconds(4);

    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("pairing").start(task);

    private final PairingService pairing;
    private final Session session;
    private final ChannelId channel;
    private final Image picture = new Image();
    private final Panel panel;
    private final Paragraph done = new Paragraph();
    private volatile boolean shown;
    private boolean waited;

    PairingPanel(PairingService pairing, Session session, ChannelId channel) {
        this.pairing = pairing;
        this.session = session;
        this.channel = channel;
        picture.setAlt(getTranslation("pairing.picture"));
        picture.addClassNames("sb-qr", "sb-qr-pairing");
        OrderedList steps = new OrderedList();
        Stream.of(getTranslation("pairing.steps").split("\\|", -1))
                .map(ListItem::new)
                .forEach(steps::add);
        steps.addClassName("sb-steps");
        Div frame = new Div(picture);
        frame.addClassName("sb-qr-frame");
        Div both = new Div(frame, steps);
        both.addClassName("sb-columns");
        panel = new Panel(getTranslation("pairing"), both);
        panel.setVisible(false);
        done.setText(getTranslation("pairing.done"));
        done.setVisible(false);
        addClassName("sb-loose");
        getElement().setAttribute("aria-live", "polite");
        add(panel, done);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        shown = true;
        TenantId tenant = session.tenantFor(Permission.EDIT_CHANNELS);
        UI ui = event.getUI();
        THREADS.execute(() -> look(tenant, ui));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        shown = false;
    }

    private void look(TenantId tenant, UI ui) {
        if (!shown) {
            return;
        }
        Pairing now = pairing.look(tenant, channel).orElseGet(Pairing.Resting::new);
        try {
            // a failed update goes to the session's error handler
            var _ = ui.access(() -> {
                if (session.may(Permission.EDIT_CHANNELS)) {
                    show(now);
                } else {
                    shown = false;
                    panel.setVisible(false);
                }
            });
        } catch (UIDetachedException _) {
            return;
        }
        if (!(now instanceof Pairing.Paired)) {
            CompletableFuture.delayedExecutor(AGAIN.toMillis(), TimeUnit.MILLISECONDS, THREADS)
                    .execute(() -> look(tenant, ui));
        }
    }

    private void show(Pairing now) {
        switch (now) {
            case Pairing.Waiting(var png) -> {
                picture.setSrc("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
                waited = true;
                panel.setVisible(true);
            }
            case Pairing.Paired() -> {
                panel.setVisible(false);
                done.setVisible(waited);
            }
            case Pairing.Resting() -> panel.setVisible(false);
        }
    }
}
