package io.switchboard.api;

import io.switchboard.access.Caller;
import io.switchboard.conversations.ConversationChanged;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.MessageFilter;
import io.switchboard.installation.BackgroundLoop;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.DocumentChanged;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.permissions.Permission;
import io.switchboard.sites.SiteChanged;
import io.switchboard.sites.SiteService;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the listeners of {@code /api/v1/events} what happened in their tenant. Publishers only leave a note; one thread reads what
 * changed, once for all listeners of a tenant, a tenth of a second later. Events of a round that fails are lost; the lists have what they
 * told of.
 */
@Component
class EventFeed extends BackgroundLoop {

    private static final Duration GATHER = Duration.ofMillis(100);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int RECENT = 50;

    private final EventSocket socket;
    private final ConversationService conversations;
    private final KnowledgeService knowledge;
    private final SiteService sites;
    private final JsonMapper json;
    private final Clock clock;
    private final Map<TenantId, Set<Note>> notes = new ConcurrentHashMap<>();
    private int rounds;

    EventFeed(
            EventSocket socket,
            ConversationService conversations,
            KnowledgeService knowledge,
            SiteService sites,
            JsonMapper json,
            Clock clock) {
        super("event-feed", GATHER, GATHER);
        this.socket = socket;
        this.conversations = conversations;
        this.knowledge = knowledge;
        this.sites = sites;
        this.json = json;
        this.clock = clock;
    }

    /** Something that changed. */
    private sealed interface Note {

        record OfConversation(ConversationId id) implements Note {}

        record OfDocument(DocumentId id) implements Note {}

        record OfSite(SiteId id) implements Note {}
    }

    record MessageEvent(String type, ListedMessage message) {}

    record DocumentEvent(String type, DocumentResponse document) {}

    record DocumentGone(String type, UUID id) {}

    record SourceEvent(String type, SiteResponse source) {}

    @EventListener
    void on(ConversationChanged event) {
        note(event.tenant(), new Note.OfConversation(event.conversation()));
    }

    @EventListener
    void on(DocumentChanged event) {
        note(event.tenant(), new Note.OfDocument(event.document()));
    }

    @EventListener
    void on(SiteChanged event) {
        note(event.tenant(), new Note.OfSite(event.site()));
    }

    private void note(TenantId tenant, Note note) {
        if (listeners(tenant).isEmpty()) {
            return;
        }
        notes.compute(tenant, (_, before) -> {
            Set<Note> all = before == null ? new LinkedHashSet<>() : before;
            all.add(note);
            return all;
        });
    }

    private List<EventConnection> listeners(TenantId tenant) {
        return StreamSupport.stream(socket.connections().spliterator(), false)
                .filter(connection -> tenant.equals(connection.tenant()))
                .toList();
    }

    @Override
    protected void round() {
        for (TenantId tenant : List.copyOf(notes.keySet())) {
            Set<Note> changed = notes.remove(tenant);
            if (changed != null) {
                tell(tenant, changed);
            }
        }
        if (++rounds % (LOOK_EVERY.toMillis() / GATHER.toMillis()) == 0) {
            socket.connections().forEach(EventConnection::look);
        }
    }

    private void tell(TenantId tenant, Set<Note> changed) {
        List<Listener> listeners = listeners(tenant).stream()
                .flatMap(connection -> connection.caller().map(caller -> new Listener(connection, caller)).stream())
                .toList();
        for (Note note : listeners.isEmpty() ? Set.<Note>of() : changed) {
            switch (note) {
                case Note.OfConversation(var id) -> tellMessages(tenant, id, listeners);
                case Note.OfDocument(var id) -> tellDocument(tenant, id, listeners);
                case Note.OfSite(var id) -> tellSite(tenant, id, listeners);
            }
        }
    }

    private record Listener(EventConnection connection, Caller caller) {}

    private void tellMessages(TenantId tenant, ConversationId id, List<Listener> listeners) {
        List<Listener> readers = allowed(listeners, Permission.READ_CONVERSATIONS);
        if (readers.isEmpty()) {
            return;
        }
        List<ListedMessage> newestFirst = conversations
                .messages(tenant, MessageFilter.of(id), PageRequest.first(RECENT))
                .map(ListedMessage::of)
                .items();
        for (ListedMessage message : newestFirst.reversed()) {
            String frame = json.writeValueAsString(new MessageEvent("message", message));
            readers.stream()
                    .map(Listener::connection)
                    .filter(connection -> connection.isNews(message))
                    .forEach(connection -> connection.send(frame));
        }
    }

    private void tellDocument(TenantId tenant, DocumentId id, List<Listener> listeners) {
        Optional<DocumentResponse> document =
                knowledge.findDocument(tenant, id).map(found -> DocumentResponse.of(found, clock.instant()));
        Object event = document.isPresent()
                ? new DocumentEvent("document", document.get())
                : new DocumentGone("document.deleted", id.value());
        tellReaders(event, listeners);
    }

    private void tellSite(TenantId tenant, SiteId id, List<Listener> listeners) {
        Optional<SiteResponse> site = sites.find(tenant, id).map(SiteResponse::of);
        Object event = site.isPresent()
                ? new SourceEvent("source", site.get())
                : new DocumentGone("source.deleted", id.value());
        tellReaders(event, listeners);
    }

    private void tellReaders(Object event, List<Listener> listeners) {
        String frame = json.writeValueAsString(event);
        allowed(listeners, Permission.READ_KNOWLEDGE)
                .forEach(listener -> listener.connection().send(frame));
    }

    private static List<Listener> allowed(List<Listener> listeners, Permission permission) {
        return listeners.stream()
                .filter(listener -> listener.caller().may(permission))
                .toList();
    }
}
