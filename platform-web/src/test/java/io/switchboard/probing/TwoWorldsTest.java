package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.WebTest;
import io.switchboard.channels.TemplateService;
import io.switchboard.doctor.NumberDoctor;
import io.switchboard.isolation.Findings;
import io.switchboard.isolation.TableProbe;
import io.switchboard.isolation.TenantTables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Two tenants with one of everything. As the first we call every endpoint of the running program with what belongs to the second, and ask
 * PostgreSQL for the second's rows. An endpoint without a line in {@code probing/endpoints.txt} fails this test.
 *
 * <p>Checklist: ASVS 8.4.1 and 8.2.2 (tenant and object access), 8.2.3 and 15.3.3 (mass assignment), LLM08.
 */
class TwoWorldsTest extends WebTest {

    /** Tables that a world leaves empty, and why. */
    private static final Set<String> MAY_BE_EMPTY = Set.of(
            "parked_status", // of statuses that came before their message, for milliseconds
            "send_pace", // of numbers at real providers
            "webhook_delivery"); // of deliveries, a moment after them

    @Autowired
    WorldMaker worlds;

    @Autowired
    WallProbe wall;

    @Autowired
    Endpoints endpoints;

    @Autowired
    TenantTables tables;

    @Autowired
    TableProbe tableProbe;

    @Autowired
    NumberDoctor doctor;

    @Autowired
    TemplateService templates;

    @Test
    void lets_nothing_through_at_any_endpoint() throws IOException {
        World mine = worlds.make('a');
        World other = worlds.make('b');
        String stranger = worlds.token(access.ensureOperator(address("stranger"), PASSWORD));

        Findings found = wall.endpoints(URI.create("http://localhost:" + port), mine, other, stranger);
        worlds.settle(other.id());

        assertThat(found.leaks()).isEmpty();
        assertThat(found.places()).isGreaterThan(50);
        assertThat(found.attempts()).isGreaterThan(6 * found.places());
        Verdicts.print(
                "isolation",
                found.places() + " endpoints × " + found.attempts() + " substitutions: "
                        + found.leaks().size() + " leaks");
    }

    @Test
    void has_a_case_for_every_endpoint_and_every_field() {
        assertThat(endpoints.all()).hasSizeGreaterThan(50);
        assertThat(endpoints.gaps()).isEmpty();
    }

    @Test
    void lets_nothing_through_at_any_table() {
        World mine = worlds.make('a');
        World other = worlds.make('b');

        Findings found = wall.tables(mine, other);

        assertThat(found.leaks()).isEmpty();
        assertThat(found.places()).isGreaterThan(15);
        assertThat(found.attempts()).isGreaterThan(5 * (found.places() - 2));
        assertThat(tableProbe.empty(mine.id()))
                .as("tables without a row to steal")
                .isSubsetOf(MAY_BE_EMPTY);
        assertThat(tableProbe.empty(other.id())).isSubsetOf(MAY_BE_EMPTY);
    }

    /** Else a round of the program's own, in the middle of a check, would be taken for a leak, and providers asked about invented numbers. */
    @Test
    void makes_no_number_that_is_due() {
        World world = worlds.make('a');

        assertThat(doctor.due(world.id())).isEmpty();
        assertThat(templates.due(world.id())).isEmpty();
    }

    /** The lines that the suite ends with. */
    static final class Verdicts {

        private Verdicts() {}

        static void print(String name, String line) throws IOException {
            Path file = Path.of("target", "verdicts", name + ".txt");
            Files.createDirectories(file.getParent());
            Files.write(file, List.of(line));
        }
    }
}
