package io.switchboard.knowledge;

import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenantTransactions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** The bytes of a tenant's documents as a whole: handed out, tidied up, removed. */
@Service
public class ContentKeeping {

    /** Longer than any upload takes from its first byte to its row. */
    private static final Duration ON_ITS_WAY = Duration.ofHours(24);

    private final TenantTransactions transactions;
    private final Documents documents;
    private final DocumentContent content;
    private final Clock clock;

    ContentKeeping(TenantTransactions transactions, Documents documents, DocumentContent content, Clock clock) {
        this.transactions = transactions;
        this.documents = documents;
        this.content = content;
        this.clock = clock;
    }

    /** The bytes of a document as they came; empty if it has none. */
    public Optional<InputStream> open(TenantId tenant, DocumentId document) throws IOException {
        Optional<ContentId> stored = transactions.call(
                tenant,
                () -> documents
                        .find(tenant, document)
                        .flatMap(found -> Optional.ofNullable(
                                documents.source(tenant, document).content())));
        return stored.isPresent() ? Optional.of(content.open(tenant, stored.get())) : Optional.empty();
    }

    /** Tenants that have bytes, also of rows that are gone. */
    public Set<TenantId> tenants() throws IOException {
        return content.tenants();
    }

    /**
     * Removes bytes of which a crash prevented the row.
     *
     * @return how many
     */
    public long removeAbandoned(TenantId tenant) throws IOException {
        Set<ContentId> wanted = transactions.call(tenant, () -> documents.contents(tenant));
        return content.deleteUnwanted(tenant, wanted, clock.instant().minus(ON_ITS_WAY));
    }

    /** Files that are there, with rows or without, halves too. */
    public long count(TenantId tenant) throws IOException {
        return content.count(tenant);
    }

    /** @return how many */
    public long removeAll(TenantId tenant) throws IOException {
        return content.deleteUnwanted(tenant, Set.of(), Instant.MAX);
    }
}
