package io.switchboard.privacy;

import io.switchboard.access.FormerMembers;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.knowledge.ContentKeeping;
import io.switchboard.retrieval.IndexingService;
import io.switchboard.retrieval.RecentVectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** All places where things of a tenant are kept. */
@Component
class TenantStores {

    private final FormerMembers members;
    private final TenantRows rows;
    private final ContentKeeping content;
    private final IndexingService index;
    private final RecentVectors vectors;

    TenantStores(
            FormerMembers members,
            TenantRows rows,
            ContentKeeping content,
            IndexingService index,
            RecentVectors vectors) {
        this.members = members;
        this.rows = rows;
        this.content = content;
        this.index = index;
        this.vectors = vectors;
    }

    /** In the order in which they can be emptied: people are known by their memberships, and files by their rows. */
    List<TenantStore> of(TenantId tenant) {
        List<TenantStore> stores = new ArrayList<>();
        stores.add(people(tenant));
        stores.addAll(rows.of(tenant));
        stores.add(new TenantStore("files", () -> removeFiles(tenant), () -> countFiles(tenant)));
        stores.add(new TenantStore("index", () -> eraseIndex(tenant), () -> index.size(tenant)));
        return stores;
    }

    /** Remembers whom it has erased, since afterwards nothing tells that they worked here. */
    private TenantStore people(TenantId tenant) {
        Set<UserId> erased = new HashSet<>();
        return new TenantStore(
                "people",
                () -> {
                    Set<UserId> people = members.eraseOf(tenant);
                    erased.addAll(people);
                    return people.size();
                },
                () -> members.left(tenant, erased));
    }

    private long removeFiles(TenantId tenant) {
        try {
            return content.removeAll(tenant);
        } catch (IOException e) {
            throw new UncheckedIOException("files of tenant " + tenant + " cannot be removed; ask again", e);
        }
    }

    private long countFiles(TenantId tenant) {
        try {
            return content.count(tenant);
        } catch (IOException e) {
            throw new UncheckedIOException("files of tenant " + tenant + " cannot be counted; ask again", e);
        }
    }

    private long eraseIndex(TenantId tenant) {
        vectors.forget(tenant);
        return index.erase(tenant);
    }
}
