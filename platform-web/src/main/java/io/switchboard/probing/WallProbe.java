package io.switchboard.probing;

import io.switchboard.installation.InstallationSettings;
import io.switchboard.isolation.Findings;
import io.switchboard.isolation.Leak;
import io.switchboard.isolation.TableProbe;
import io.switchboard.isolation.TenantTables;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Everything we try against the wall between two worlds: the endpoints, the tables, and whether the other's rows stayed as they were. */
@Component
public class WallProbe {

    private final Endpoints endpoints;
    private final TableProbe tableProbe;
    private final TenantTables tables;
    private final InstallationSettings installation;

    WallProbe(Endpoints endpoints, TableProbe tableProbe, TenantTables tables, InstallationSettings installation) {
        this.endpoints = endpoints;
        this.tableProbe = tableProbe;
        this.tables = tables;
        this.installation = installation;
    }

    /**
     * Uses up what the first world has: a world is good for one probe.
     *
     * @param address of this program
     * @param stranger the access token of somebody who belongs to no tenant
     */
    public Findings endpoints(URI address, World mine, World other, String stranger) {
        Map<String, String> before = tables.digests(other.id());
        Findings found = probe(address, mine, other, stranger).run();
        List<Leak> leaks = new ArrayList<>(found.leaks());
        leaks.addAll(changes(before, other));
        return new Findings(found.places(), found.attempts(), leaks);
    }

    /** The same for whoever only asks whether something leaks: goes no further than the first endpoint that does. */
    public List<Leak> firstLeaks(URI address, World mine, World other, String stranger) {
        Map<String, String> before = tables.digests(other.id());
        List<Leak> leaks = probe(address, mine, other, stranger).firstLeaks();
        return leaks.isEmpty() ? changes(before, other) : leaks;
    }

    private EndpointProbe probe(URI address, World mine, World other, String stranger) {
        return new EndpointProbe(endpoints, address, installation.publicUrl(), mine, other, stranger);
    }

    private List<Leak> changes(Map<String, String> before, World other) {
        Map<String, String> after = tables.digests(other.id());
        return before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .map(entry -> new Leak(
                        "table " + entry.getKey(), "rows of the other tenant changed while endpoints were called"))
                .toList();
    }

    public Findings tables(World mine, World other) {
        return tableProbe.probe(mine.id(), other.id());
    }
}
