package io.switchboard.knowledge;

import io.switchboard.kernel.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;

/** Where the bytes of uploaded files are. Nothing a user typed ever becomes part of an address in it. */
public interface DocumentContent {

    /** Stores the bytes under a new id; durable when the call returns, and nothing is left behind when it throws. */
    ContentId store(TenantId tenant, InputStream bytes) throws IOException;

    /** @throws java.nio.file.NoSuchFileException if this tenant has no such content */
    InputStream open(TenantId tenant, ContentId content) throws IOException;

    /** Tenants that have contents here. */
    Set<TenantId> tenants() throws IOException;

    /** How many contents a tenant has here, halves too. */
    long count(TenantId tenant) throws IOException;

    /**
     * Removes whatever nobody wants, halves of contents too.
     *
     * @param writtenBefore spares what may be on its way to being wanted
     * @return how many were removed
     */
    long deleteUnwanted(TenantId tenant, Set<ContentId> wanted, Instant writtenBefore) throws IOException;

    /** Removes the bytes; nothing happens if they are gone already. */
    void delete(TenantId tenant, ContentId content) throws IOException;
}
