package io.switchboard.bots;

import io.switchboard.kernel.BotId;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A bot with its draft; customers get {@link BotVersionRow} number {@link #liveVersion}. */
@Entity
@Table(name = "bot")
class BotRow implements Persistable<UUID> {

    @Id
    private UUID id;

    @TenantId
    @SuppressWarnings("UnusedVariable") // Hibernate reads it
    private @Nullable UUID tenantId;

    private String name;

    @Embedded
    private StoredDefinition draft;

    private int liveVersion;
    private Instant createdAt;

    @Transient
    private boolean added;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    BotRow() {}

    BotRow(BotId id, String name, BotDefinition draft, Instant createdAt) {
        this.id = id.value();
        this.name = name;
        this.draft = new StoredDefinition(draft);
        this.liveVersion = 1;
        this.createdAt = createdAt;
        this.added = true;
    }

    void change(String newName, BotDefinition newDraft) {
        name = newName;
        draft = new StoredDefinition(newDraft);
    }

    /** Makes the draft live under the next number. */
    BotVersionRow publish(Instant now) {
        liveVersion++;
        return version(now);
    }

    /** The draft under the current number. */
    BotVersionRow version(Instant now) {
        return new BotVersionRow(id, liveVersion, draft.toDefinition(), now);
    }

    Bot toBot(BotDefinition published) {
        return new Bot(new BotId(id), name, draft.toDefinition(), published, liveVersion, createdAt);
    }

    @Override
    public UUID getId() {
        return id;
    }

    @Override
    public boolean isNew() {
        return added;
    }
}
