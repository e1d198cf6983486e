package io.switchboard.probing;

import io.switchboard.access.AccessService;
import io.switchboard.access.ApiKeyCreation;
import io.switchboard.access.ApiKeyService;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.MemberAddition;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Calls every endpoint as everybody, and compares who was let in with what the endpoint declares. */
final class RoleProbe {

    private static final String OPERATOR = "OPERATOR";
    private static final String NOBODY = "nobody";

    private final Endpoints endpoints;
    private final HttpCaller http;
    private final World world;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private int calls;

    RoleProbe(
            Endpoints endpoints,
            URI address,
            World world,
            AccessService access,
            ApiKeyService keys,
            WorldMaker worlds) {
        this.endpoints = endpoints;
        this.http = new HttpCaller(address);
        this.world = world;
        String password = world.value("password");
        Caller owner = new Caller(new Identity.Person(world.owner()), world.tenant(), Role.OWNER);
        for (Role role : Role.values()) {
            MemberAddition member = access.addMember(
                    world.id(), new EmailAddress("r-" + UUID.randomUUID() + "@example.org"), "Member", password, role);
            tokens.put(role.name(), worlds.token(((MemberAddition.Added) member).user()));
            ApiKeyCreation key = keys.create(world.id(), owner, "Key of " + role, role, null);
            tokens.put("API key " + role, ((ApiKeyCreation.Created) key).text());
        }
        tokens.put(
                OPERATOR,
                worlds.token(
                        access.ensureOperator(new EmailAddress("o-" + UUID.randomUUID() + "@example.org"), password)));
        tokens.put(NOBODY, null);
    }

    int calls() {
        return calls;
    }

    /** Calls that were let in or refused otherwise than declared. */
    List<String> differences() {
        return differences(false);
    }

    /** The same, of the first endpoint that has any. */
    List<String> firstDifferences() {
        return differences(true);
    }

    private List<String> differences(boolean untilOneHasAny) {
        List<String> differences = new ArrayList<>();
        Map<String, EndpointCase> cases = Endpoints.cases();
        for (Endpoint endpoint : endpoints.all()) {
            EndpointCase known = cases.get(endpoint.shape());
            if (known != null
                    && endpoint.handler() != null
                    && endpoint.pattern().startsWith("/api/v1/")
                    && !endpoint.forAnyone()) {
                tokens.forEach((who, token) -> compare(endpoint, known, who, token, differences));
            }
            if (untilOneHasAny && !differences.isEmpty()) {
                break;
            }
        }
        return differences;
    }

    /** Nobody's ids stand in the path, so that nothing is lost and what is allowed answers 404. */
    private void compare(Endpoint endpoint, EndpointCase known, String who, String token, List<String> differences) {
        Map<String, String> values = new HashMap<>(world.values());
        known.slots().stream()
                .filter(slot -> !slot.fixed() && !slot.query())
                .forEach(slot -> values.put(slot.kind(), Nobody.like(world.value(slot.kind()))));
        Answer answer = http.call(known, values, world.value("app-secret"), token, null, Map.of());
        calls++;
        boolean letIn = answer.status() != 401 && answer.status() != 403;
        boolean expected = expected(endpoint, who);
        if (letIn != expected || answer.status() >= 500 || (who.equals(NOBODY) && answer.status() != 401)) {
            differences.add(endpoint + " as " + who + " answers " + answer.status() + ", expected to be "
                    + (expected ? "let in" : "refused"));
        }
    }

    private static boolean expected(Endpoint endpoint, String who) {
        Requires requires = endpoint.requires();
        if (requires == null) {
            return endpoint.operatorOnly() && who.equals(OPERATOR);
        }
        String role = who.replace("API key ", "");
        return !who.equals(OPERATOR)
                && !who.equals(NOBODY)
                && Role.valueOf(role).may(requires.value());
    }
}
