package io.switchboard.demo;

import io.switchboard.access.AccessService;
import io.switchboard.access.TenantFounding;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.PageRequest;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Founds the demo tenants on an empty installation, before the web server opens, so that whoever reaches the program can sign in. A
 * marker in the data directory lets the next start finish what a killed one began; without it a start changes nothing.
 */
@Component
@ConditionalOnProperty("switchboard.demo")
class DemoSeeder implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DemoSeeder.class);
    private static final String PLAN = "standard";

    private final TenancyService tenancy;
    private final AccessService access;
    private final DemoContent content;
    private final DemoReading reading;
    private final Environment environment;
    private final Path unfinished;
    private volatile boolean running;

    DemoSeeder(
            TenancyService tenancy,
            AccessService access,
            DemoContent content,
            DemoReading reading,
            InstallationSettings installation,
            Environment environment) {
        this.tenancy = tenancy;
        this.access = access;
        this.content = content;
        this.reading = reading;
        this.environment = environment;
        this.unfinished = installation.dataDir().resolve("demo.unfinished");
    }

    @Override
    public void start() {
        running = true;
        try {
            if (Files.notExists(unfinished) && !installationIsEmpty()) {
                return;
            }
            Files.writeString(unfinished, "The demo tenants are being created; the next start goes on with it.\n");
            if (!StringUtils.hasText(environment.getProperty("switchboard.operator.email"))) {
                access.ensureOperator(DemoTenant.OPERATOR, DemoTenant.OPERATOR_PASSWORD);
            }
            for (DemoTenant demo : DemoTenant.ALL) {
                seed(demo);
            }
            Files.delete(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo could not be created; " + unfinished + " or its documents", e);
        }
    }

    private boolean installationIsEmpty() {
        return tenancy.list(PageRequest.first(1)).items().isEmpty();
    }

    private void seed(DemoTenant demo) throws IOException {
        TenantFounding founding = access.foundTenant(
                new NewTenant(demo.name(), demo.slug(), PLAN), demo.owner(), demo.name(), demo.password());
        switch (founding) {
            case TenantFounding.Founded(Tenant tenant, var owner) -> {
                content.add(tenant.id(), demo);
                reading.follow(tenant);
                LOG.info("Demo tenant {} founded for {}", tenant.slug(), owner.email());
            }
            case TenantFounding.SlugTaken() -> {
                Tenant begun = tenancy.findBySlug(demo.slug()).orElseThrow();
                content.add(begun.id(), demo);
                reading.follow(begun);
            }
            case TenantFounding.UnknownPlan() -> LOG.warn("Demo tenant {} left out: no plan {}", demo.slug(), PLAN);
            case TenantFounding.OwnerExists() ->
                LOG.warn("Demo tenant {} left out: {} has another password", demo.slug(), demo.owner());
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which starts near the largest phase. */
    @Override
    public int getPhase() {
        return 0;
    }
}
