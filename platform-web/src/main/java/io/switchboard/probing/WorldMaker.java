package io.switchboard.probing;

import io.switchboard.access.AccessService;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.TenantFounding;
import io.switchboard.access.TenantFounding.Founded;
import io.switchboard.access.User;
import io.switchboard.conversations.DeliveryPolicy;
import io.switchboard.conversations.DeliveryPolicyService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.Slug;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Role;
import io.switchboard.privacy.PrivacyService;
import io.switchboard.privacy.RetentionPolicy;
import io.switchboard.security.AccessTokens;
import io.switchboard.tenancy.NewTenant;
import io.switchboard.tenancy.Tenant;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * Makes a tenant that has one of everything, every text marked with its canary. Its customers write to a simulator without knowledge, so
 * that making it costs no call of a model.
 */
@Component
public class WorldMaker {

    /** Whatever else an operator has made of the plans, this one is there. */
    private static final String PLAN = "unlimited";

    private final AccessService access;
    private final AccessTokens tokens;
    private final WorldPeople people;
    private final WorldKnowledge knowledge;
    private final WorldTalks talks;
    private final DeliveryPolicyService policies;
    private final PrivacyService privacy;
    private final Settling settling;

    WorldMaker(
            AccessService access,
            AccessTokens tokens,
            WorldPeople people,
            WorldKnowledge knowledge,
            WorldTalks talks,
            DeliveryPolicyService policies,
            PrivacyService privacy,
            Settling settling) {
        this.access = access;
        this.tokens = tokens;
        this.people = people;
        this.knowledge = knowledge;
        this.talks = talks;
        this.policies = policies;
        this.privacy = privacy;
        this.settling = settling;
    }

    /** @param letter tells the two worlds of a check apart, and orders what is sorted by name */
    public World make(char letter) {
        return make(letter, founded -> {});
    }

    /** @param founded hears of the tenant at once, so that it can be taken away even if it does not come to be a world */
    World make(char letter, Consumer<TenantId> founded) {
        WorldDraft world = begin(letter);
        founded.accept(world.id());
        people.addTo(world);
        knowledge.addTo(world);
        talks.addTo(world, knowledge.silentBot(world));
        policies.save(world.id(), new DeliveryPolicy(Duration.ofMinutes(61), false));
        leaveReceipt(world);
        settle(world.id());
        knowledge.addChunksTo(world);
        return world.done();
    }

    private WorldDraft begin(char letter) {
        String canary = "canary" + Fresh.word();
        String word = "zephyr" + Fresh.word();
        String text = word + " " + canary;
        String password = password();
        Founded founded = found(letter, "Isolation check " + text, password);
        Tenant tenant = founded.tenant();
        User owner = founded.owner();
        WorldDraft world =
                new WorldDraft(tenant, owner, new Caller(new Identity.Person(owner), tenant, Role.OWNER), canary);
        world.put("tenant", tenant.id());
        world.put("slug", tenant.slug().value());
        world.put("user", owner.id());
        world.put("email", owner.email().value());
        world.put("password", password);
        world.put("text", text);
        world.put("word", word);
        world.put("token", token(owner));
        world.put("refresh-token", access.openSession(owner).refreshToken());
        world.put("session", "session " + canary);
        world.put("plan", "plan-" + Fresh.word());
        return world;
    }

    /** That of a customer who was erased. */
    private void leaveReceipt(WorldDraft world) {
        privacy.saveRetention(
                world.id(), new RetentionPolicy(90, 30), world.founder().actor());
        privacy.erasePerson(
                world.id(),
                talks.conversation(world, "forgotten"),
                world.founder().actor());
    }

    /** A tenant that has nothing but its owner. */
    Founded closed() {
        return found('c', "Isolation check, closed " + Fresh.word(), password());
    }

    private Founded found(char letter, String name, String password) {
        EmailAddress email = new EmailAddress(letter + "-" + Fresh.word() + "@example.org");
        Slug slug = new Slug(letter + "-" + Fresh.word());
        TenantFounding founding = access.foundTenant(new NewTenant(name, slug, PLAN), email, name, password);
        if (founding instanceof TenantFounding.Founded founded) {
            return founded;
        }
        throw new IllegalStateException("no tenant for the isolation check: " + founding);
    }

    private static String password() {
        return Fresh.word() + Fresh.word();
    }

    /** An access token of somebody, as if they had just signed in. */
    public String token(User user) {
        return tokens.issue(access.openSession(user)).value();
    }

    /** Waits until nothing is under way for a tenant any more. */
    public void settle(TenantId tenant) {
        settling.settle(tenant);
    }
}
