package io.switchboard.retrieval;

import io.switchboard.audit.Actor;
import io.switchboard.audit.Origin;
import io.switchboard.installation.BackgroundLoop;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes up what {@code ./platform rebuild-index} asks for: the file {@code rebuild-index} in the data directory, with the slug of a tenant
 * or {@code *} in its first line, and in the second perhaps that former stores are to be emptied.
 */
@Component
class RebuildRequests extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(RebuildRequests.class);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final String ALL = "*";
    private static final String EMPTY_FORMER = "empty-former-stores";

    private final Path file;
    private final IndexRebuild rebuild;
    private final TenancyService tenancy;

    RebuildRequests(InstallationSettings installation, IndexRebuild rebuild, TenancyService tenancy) {
        super("rebuild-requests", PAUSE, PAUSE);
        this.file = installation.dataDir().resolve("rebuild-index");
        this.rebuild = rebuild;
        this.tenancy = tenancy;
    }

    /** The request goes once it is begun; while another run is under way, it waits. */
    @Override
    protected void round() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (taken(lines.isEmpty() ? "" : lines.getFirst().strip(), lines.contains(EMPTY_FORMER))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the request in " + file + " cannot be read", e);
        }
    }

    private boolean taken(String wanted, boolean emptyFormerStores) {
        List<TenantId> tenants =
                wanted.equals(ALL) ? tenancy.ids() : tenant(wanted).stream().toList();
        if (tenants.isEmpty()) {
            LOG.error("No index is rebuilt: there is no tenant with the slug {}", wanted);
            return true;
        }
        return rebuild.begin(Actor.SYSTEM, Origin.NONE, tenants, emptyFormerStores);
    }

    private Optional<TenantId> tenant(String slug) {
        return Slug.parse(slug).flatMap(tenancy::findBySlug).map(Tenant::id);
    }
}
