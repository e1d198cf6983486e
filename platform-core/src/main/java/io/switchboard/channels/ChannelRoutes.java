package io.switchboard.channels;

import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Whose webhook address it is, asked before the tenant is known. */
@Component
class ChannelRoutes {

    private final SystemDatabase system;

    ChannelRoutes(SystemDatabase system) {
        this.system = system;
    }

    record Route(TenantId tenant, ChannelId channel) {}

    /** Empty too if the tenant is not active. */
    Optional<Route> find(String key) {
        return system.jdbc()
                .sql("""
                        select r.tenant_id, r.channel_id
                          from channel_route r join tenant t on t.id = r.tenant_id
                         where r.key = :key and t.status = 'ACTIVE'
                        """)
                .param("key", key)
                .query(ChannelRoutes::route)
                .optional();
    }

    /** By what only one channel of the installation holds, such as a number; what nobody holds is left out. */
    Map<String, Route> findByClaims(ChannelProvider provider, Collection<String> claims) {
        Map<String, Route> routes = new HashMap<>();
        system.jdbc()
                .sql("""
                        select r.tenant_id, r.channel_id, r.external_id
                          from channel_route r join tenant t on t.id = r.tenant_id
                         where r.provider = :provider and r.external_id = any(:claims) and t.status = 'ACTIVE'
                        """)
                .param("provider", provider.name())
                .param("claims", claims.toArray(String[]::new))
                .query((row, number) -> Map.entry(row.getString("external_id"), route(row, number)))
                .list()
                .forEach(entry -> routes.put(entry.getKey(), entry.getValue()));
        return routes;
    }

    /** By the token of the handshake, of which the routing knows a digest. */
    Optional<Route> findByToken(ChannelProvider provider, String token) {
        return system.jdbc()
                .sql("""
                        select r.tenant_id, r.channel_id
                          from channel_route r join tenant t on t.id = r.tenant_id
                         where r.provider = :provider and r.token_hash = sha256(convert_to(:token, 'UTF8')) and t.status = 'ACTIVE'
                         limit 1
                        """)
                .param("provider", provider.name())
                .param("token", token.replace("\0", ""))
                .query(ChannelRoutes::route)
                .optional();
    }

    /** All channels of a provider whose tenants are active. */
    List<Route> of(ChannelProvider provider) {
        return system.jdbc()
                .sql("""
                        select r.tenant_id, r.channel_id
                          from channel_route r join tenant t on t.id = r.tenant_id
                         where r.provider = :provider and t.status = 'ACTIVE'
                         order by r.tenant_id, r.channel_id
                        """)
                .param("provider", provider.name())
                .query(ChannelRoutes::route)
                .list();
    }

    private static Route route(ResultSet row, int number) throws SQLException {
        return new Route(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                new ChannelId(row.getObject("channel_id", UUID.class)));
    }
}
