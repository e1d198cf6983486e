package io.switchboard.ui.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.switchboard.channels.ChannelChanged;
import io.switchboard.conversations.ConversationChanged;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentChanged;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.sites.SiteChanged;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;

/**
 * Tells open pages what changed. Pages never hear of another tenant's changes, and nothing more once their visitor may not see them; they
 * load anew then, and end at the door or wherever the visitor may still be. A page that is told often is told once for all changes of a
 * short while, in a thread of its own: publishers hold transactions and have no time for browsers.
 */
@org.springframework.stereotype.Component
public class LiveUpdates {

    private static final Duration GATHER = Duration.ofMillis(200);

    private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

    private final ObjectProvider<Session> sessions;

    LiveUpdates(ObjectProvider<Session> sessions) {
        this.sessions = sessions;
    }

    /**
     * Runs a refresh, holding the page's lock, after changes to documents that concern the page, for as long as it is open.
     *
     * @param relevant decides by the event alone; called in the publisher's thread
     */
    public void followDocuments(
            Component page, TenantId tenant, Predicate<DocumentChanged> relevant, Runnable refresh) {
        follow(page, tenant, change -> change instanceof DocumentChanged event && relevant.test(event), refresh);
    }

    /** As {@link #followDocuments}, for conversations. */
    public void followConversations(
            Component page, TenantId tenant, Predicate<ConversationChanged> relevant, Runnable refresh) {
        follow(page, tenant, change -> change instanceof ConversationChanged event && relevant.test(event), refresh);
    }

    /** As {@link #followDocuments}, for web sites. */
    public void followSites(Component page, TenantId tenant, Predicate<SiteChanged> relevant, Runnable refresh) {
        follow(page, tenant, change -> change instanceof SiteChanged event && relevant.test(event), refresh);
    }

    /** As {@link #followDocuments}, for every change of a channel. */
    public void followChannels(Component page, TenantId tenant, Runnable refresh) {
        follow(page, tenant, ChannelChanged.class::isInstance, refresh);
    }

    private void follow(Component page, TenantId tenant, Predicate<Object> relevant, Runnable refresh) {
        page.addAttachListener(attached -> {
            Follower follower = new Follower(
                    attached.getUI(),
                    tenant,
                    relevant,
                    () -> update(attached.getUI(), tenant, refresh),
                    new AtomicBoolean());
            followers.add(follower);
            attached.getSource().addDetachListener(detached -> {
                detached.unregisterListener();
                followers.remove(follower);
            });
        });
    }

    /** Asks again who is watching: nobody clicks while a page updates itself, so no filter sees them. */
    private void update(UI page, TenantId tenant, Runnable refresh) {
        List<Permission> needed = page.getInternals().getActiveRouterTargetsChain().stream()
                .flatMap(view -> Stream.ofNullable(view.getClass().getAnnotation(Requires.class)))
                .map(Requires::value)
                .toList();
        if (sessions.getObject().may(tenant, needed)) {
            refresh.run();
            return;
        }
        page.getPage().reload();
    }

    @EventListener
    void on(DocumentChanged event) {
        tell(event.tenant(), event);
    }

    @EventListener
    void on(SiteChanged event) {
        tell(event.tenant(), event);
    }

    @EventListener
    void on(ConversationChanged event) {
        tell(event.tenant(), event);
    }

    @EventListener
    void on(ChannelChanged event) {
        tell(event.tenant(), event);
    }

    private void tell(TenantId tenant, Object event) {
        for (Follower follower : followers) {
            if (follower.tenant().equals(tenant) && follower.relevant().test(event)) {
                follower.wake();
            }
        }
    }

    /** An open page. */
    private record Follower(UI ui, TenantId tenant, Predicate<Object> relevant, Runnable refresh, AtomicBoolean woken) {

        private static final Executor LATER = CompletableFuture.delayedExecutor(
                GATHER.toMillis(),
                TimeUnit.MILLISECONDS,
                task -> Thread.ofVirtual().name("live-update").start(task));

        void wake() {
            if (woken.compareAndSet(false, true)) {
                LATER.execute(() -> {
                    woken.set(false);
                    try {
                        // a failed refresh goes to the session's error handler
                        var _ = ui.access(() -> {
                            if (ui.isAttached()) {
                                refresh.run();
                            }
                        });
                    } catch (UIDetachedException _) {
                        // the page was closed meanwhile
                    }
                });
            }
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
