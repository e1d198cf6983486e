package io.switchboard.knowledge;

import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Knowledge bases with the number of their documents. Callers are inside a tenant's transaction. */
@Component
class KnowledgeBaseCatalog {

    private static final int MAX_NAME = 120;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2}");
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final KnowledgeBases knowledgeBases;
    private final Documents documents;
    private final Clock clock;

    KnowledgeBaseCatalog(KnowledgeBases knowledgeBases, Documents documents, Clock clock) {
        this.knowledgeBases = knowledgeBases;
        this.documents = documents;
        this.clock = clock;
    }

    KnowledgeBase create(String name, String language) {
        String shown = Texts.withoutNul(name).strip();
        if (shown.isEmpty() || shown.length() > MAX_NAME) {
            throw new IllegalArgumentException("name of a knowledge base has 1 to " + MAX_NAME + " characters");
        }
        if (!LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("language is not an ISO 639-1 code such as en: " + language);
        }
        return knowledgeBases
                .save(new KnowledgeBaseRow(
                        KnowledgeBaseId.next(), shown, language, clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .toKnowledgeBase(0);
    }

    Slice<KnowledgeBase> list(TenantId tenant, PageRequest page) {
        UUID after = page.after() == null ? BEFORE_ALL : UUID.fromString(page.after());
        List<KnowledgeBaseRow> rows = knowledgeBases.findByIdGreaterThanOrderById(after, Limit.of(page.limit() + 1));
        Map<KnowledgeBaseId, Long> counts = documents.counts(tenant);
        return Slice.cut(rows, page.limit(), row -> row.getId().toString()).map(row -> withCount(row, counts));
    }

    Optional<KnowledgeBase> find(TenantId tenant, KnowledgeBaseId id) {
        return knowledgeBases.findById(id.value()).map(row -> withCount(row, documents.counts(tenant)));
    }

    private static KnowledgeBase withCount(KnowledgeBaseRow row, Map<KnowledgeBaseId, Long> counts) {
        return row.toKnowledgeBase(counts.getOrDefault(new KnowledgeBaseId(row.getId()), 0L));
    }
}
