package io.switchboard.probing;

import io.switchboard.access.TenantFounding.Founded;
import io.switchboard.audit.Actor;
import io.switchboard.isolation.CheckedWall;
import io.switchboard.isolation.Findings;
import io.switchboard.kernel.TenantId;
import io.switchboard.privacy.TenantErasing;
import io.switchboard.privacy.TenantErasure;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The wall of the installation that is running, between two tenants that are made for the check and erased after it. */
@Component
class LiveWall implements CheckedWall {

    private static final Logger LOG = LoggerFactory.getLogger(LiveWall.class);

    private final WallProbe wall;
    private final WorldMaker worlds;
    private final TenancyService tenancy;
    private final TenantErasure erasure;
    private final Environment environment;
    private final String host;

    LiveWall(
            WallProbe wall,
            WorldMaker worlds,
            TenancyService tenancy,
            TenantErasure erasure,
            Environment environment,
            @Value("${server.address:127.0.0.1}") String host) {
        this.wall = wall;
        this.worlds = worlds;
        this.tenancy = tenancy;
        this.erasure = erasure;
        this.environment = environment;
        this.host = host;
    }

    @Override
    public Result check() {
        List<TenantId> made = new ArrayList<>();
        try {
            World mine = worlds.make('a', made::add);
            World other = worlds.make('b', made::add);
            Founded closed = worlds.closed();
            made.add(closed.tenant().id());
            Findings tables = wall.tables(mine, other);
            return new Result(wall.endpoints(address(), mine, other, strangersToken(closed)), tables);
        } finally {
            made.forEach(this::erase);
        }
    }

    /** An access token of somebody who belongs to no active tenant: the owner of one that is closed. */
    private String strangersToken(Founded closed) {
        String token = worlds.token(closed.owner());
        tenancy.changeStatus(closed.tenant().id(), TenantStatus.ARCHIVED);
        return token;
    }

    /** Leaves an empty shell with a receipt, as of any tenant that was erased. */
    private void erase(TenantId tenant) {
        try {
            worlds.settle(tenant);
            tenancy.changeStatus(tenant, TenantStatus.ARCHIVED);
            if (!(erasure.erase(tenant, Actor.SYSTEM) instanceof TenantErasing.Erased(var receipt))
                    || !receipt.complete()) {
                LOG.warn("Tenant {} of the isolation check is not gone; erase it again", tenant);
            }
        } catch (RuntimeException e) {
            LOG.warn("Tenant {} of the isolation check could not be erased; erase it again", tenant, e);
        }
    }

    private URI address() {
        return URI.create("http://" + host + ":" + environment.getRequiredProperty("local.server.port"));
    }
}
