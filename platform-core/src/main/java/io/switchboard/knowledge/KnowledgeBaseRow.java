package io.switchboard.knowledge;

import io.switchboard.kernel.KnowledgeBaseId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Persistable;

/** A knowledge base as JPA keeps it. */
@Entity
@Table(name = "knowledge_base")
class KnowledgeBaseRow implements Persistable<UUID> {

    @Id
    private UUID id;

    @TenantId
    @SuppressWarnings("UnusedVariable") // Hibernate reads it
    private @Nullable UUID tenantId;

    private String name;
    private String language;
    private Instant createdAt;

    @Transient
    private boolean added;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    KnowledgeBaseRow() {}

    KnowledgeBaseRow(KnowledgeBaseId id, String name, String language, Instant createdAt) {
        this.id = id.value();
        this.name = name;
        this.language = language;
        this.createdAt = createdAt;
        this.added = true;
    }

    KnowledgeBase toKnowledgeBase(long documents) {
        return new KnowledgeBase(new KnowledgeBaseId(id), name, language, documents, createdAt);
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
