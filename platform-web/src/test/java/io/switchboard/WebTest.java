package io.switchboard;

import io.switchboard.access.AccessService;
import io.switchboard.access.MemberAddition;
import io.switchboard.access.TenantFounding;
import io.switchboard.access.User;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.Slug;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.Tenant;
import io.switchboard.whatsapp.ReachesStandIns;
import io.switchboardtest.QuickPasswords;
import io.switchboardtest.TestDataDirectory;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole program over HTTP: it listens on a port of its own, with a fresh data directory, and with stand-ins for providers.
 * Classes with the same settings share one program, so each test makes its own tenants.
 */
@SpringBootTest(classes = SwitchboardApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = {TestDataDirectory.class, ReachesStandIns.class, QuickPasswords.class})
public abstract class WebTest {

    protected static final String PASSWORD = "correct horse battery";

    @LocalServerPort
    protected int port;

    @Autowired
    protected AccessService access;

    @Autowired
    protected ChannelService channels;

    /** A client that has not signed in. */
    protected ApiClient anonymous() {
        return new ApiClient(port);
    }

    /** Makes a tenant on the standard plan and signs its owner in. */
    protected SignedInOwner newTenant() {
        return newTenant("standard");
    }

    protected SignedInOwner newTenant(String plan) {
        Slug slug = new Slug("w-" + UUID.randomUUID().toString().substring(0, 13));
        TenantFounding.Founded founded = (TenantFounding.Founded) access.foundTenant(
                new NewTenant("Tenant " + slug, slug, plan), address("owner"), "Olivia Owner", PASSWORD);
        return new SignedInOwner(founded.tenant(), founded.owner(), signIn(founded.owner()));
    }

    /** Adds a member with this role and signs them in. */
    protected ApiClient newMember(Tenant tenant, Role role) {
        return signIn(((MemberAddition.Added)
                        access.addMember(tenant.id(), address(role.name()), "Member " + role, PASSWORD, role))
                .user());
    }

    protected ApiClient newOperator() {
        return signIn(access.ensureOperator(address("operator"), PASSWORD));
    }

    /** Signs in over HTTP a user made here. */
    protected ApiClient signIn(User user) {
        ApiClient.Reply reply = anonymous()
                .post("/api/v1/auth/login", Map.of("email", user.email().value(), "password", PASSWORD));
        if (reply.status() != 200) {
            throw new AssertionError("sign-in answered " + reply);
        }
        return anonymous().withToken(reply.text("accessToken"));
    }

    protected static EmailAddress address(String name) {
        return new EmailAddress(name + "-" + UUID.randomUUID() + "@example.org");
    }

    /** As the program has it. */
    protected Channel storedChannel(SignedInOwner owner, String id) {
        return channels.find(owner.tenant().id(), new ChannelId(UUID.fromString(id)))
                .orElseThrow();
    }

    /** A tenant, its owner, and a client that carries the owner's token. */
    protected record SignedInOwner(Tenant tenant, User owner, ApiClient api) {}
}
