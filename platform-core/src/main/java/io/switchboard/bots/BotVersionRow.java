package io.switchboard.bots;

import io.switchboard.kernel.TimeOrderedUuid;
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

/** A published version; written once. */
@Entity
@Table(name = "bot_version")
@SuppressWarnings("UnusedVariable") // Hibernate reads the fields that we only write
class BotVersionRow implements Persistable<UUID> {

    @Id
    private UUID id;

    @TenantId
    private @Nullable UUID tenantId;

    private UUID botId;
    private int number;

    @Embedded
    private StoredDefinition definition;

    private Instant publishedAt;

    @Transient
    private boolean added;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    BotVersionRow() {}

    BotVersionRow(UUID botId, int number, BotDefinition definition, Instant publishedAt) {
        this.id = TimeOrderedUuid.next();
        this.botId = botId;
        this.number = number;
        this.definition = new StoredDefinition(definition);
        this.publishedAt = publishedAt;
        this.added = true;
    }

    UUID botId() {
        return botId;
    }

    BotDefinition toDefinition() {
        return definition.toDefinition();
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
