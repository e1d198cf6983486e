package io.switchboard.probing;

import io.switchboard.isolation.Findings;
import io.switchboard.isolation.Leak;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls every endpoint as one tenant with what belongs to another. Each call is made with another tenant's value and with nobody's: the
 * answers must be equal, so that not even the existence of a thing can be learnt. No answer may hold a word of the other tenant. Each
 * endpoint must also work for its owner, for else the refusals would mean nothing.
 */
final class EndpointProbe {

    /** Names that a request could smuggle in, and a careless binding would believe. */
    static final List<String> EXTRA_FIELDS = List.of("tenantId", "tenant_id", "id", "role", "workspaceId", "operator");

    private static final String TENANT_HEADER = "X-Tenant";

    private final List<Endpoint> endpoints;
    private final Map<String, EndpointCase> cases;
    private final HttpCaller caller;
    private final World mine;
    private final World other;
    private final String stranger;
    private final List<Leak> leaks = new ArrayList<>();
    private int attempts;

    /** @param stranger the access token of somebody who belongs to no tenant */
    EndpointProbe(Endpoints endpoints, URI address, @Nullable URI publicUrl, World mine, World other, String stranger) {
        this.endpoints = endpoints.all();
        this.cases = Endpoints.cases();
        this.caller = new HttpCaller(address, publicUrl);
        this.mine = mine;
        this.other = other;
        this.stranger = stranger;
        endpoints.gaps().forEach(gap -> leaks.add(new Leak("coverage", gap)));
    }

    Findings run() {
        probe(false);
        return new Findings(endpoints.size(), attempts, leaks);
    }

    /** Goes no further than the first endpoint that leaks, for whoever only asks whether one does. */
    List<Leak> firstLeaks() {
        probe(true);
        return leaks;
    }

    private void probe(boolean untilOneLeaks) {
        List<EndpointCase> inOrder = List.copyOf(cases.values());
        Map<String, Endpoint> byShape = new HashMap<>();
        endpoints.forEach(endpoint -> byShape.put(endpoint.shape(), endpoint));
        for (EndpointCase known : inOrder) {
            Endpoint endpoint = byShape.get(known.shape());
            if (endpoint != null) {
                if (!known.once()) {
                    substitute(known);
                    visit(endpoint, known);
                    smuggle(known);
                }
                own(endpoint, known);
            }
            if (untilOneLeaks && !leaks.isEmpty()) {
                return;
            }
        }
    }

    private void substitute(EndpointCase known) {
        List<EndpointCase.Slot> slots =
                known.slots().stream().filter(slot -> !slot.fixed()).toList();
        slots.forEach(slot -> compare(known, Set.of(slot)));
        if (slots.size() > 1) {
            compare(known, Set.copyOf(slots));
        }
    }

    private void compare(EndpointCase known, Set<EndpointCase.Slot> slots) {
        Map<String, String> theirs = new HashMap<>(mine.values());
        Map<String, String> nobodys = new HashMap<>(mine.values());
        slots.forEach(slot -> {
            theirs.put(slot.kind(), other.value(slot.kind()));
            nobodys.put(slot.kind(), Nobody.like(other.value(slot.kind())));
        });
        String names =
                slots.stream().map(EndpointCase.Slot::kind).sorted().toList().toString();
        Answer foreign = call(known, theirs, mine.value("token"), null, null);
        Answer unknown = call(known, nobodys, mine.value("token"), null, null);
        look(known, "another's " + names, foreign);
        look(known, "nobody's " + names, unknown);
        boolean ownRight = slots.stream().anyMatch(EndpointCase.Slot::ownRight);
        if (!ownRight && !foreign.comparable().equals(unknown.comparable())) {
            report(
                    known,
                    "another's " + names,
                    "is answered " + foreign.status() + " unlike nobody's, " + unknown.status());
        }
        boolean namesThings = slots.stream().allMatch(slot -> !slot.query() && Nobody.isId(other.value(slot.kind())));
        if (namesThings && !ownRight && foreign.success()) {
            report(known, "another's " + names, "is accepted with " + foreign.status());
        }
    }

    /** With another tenant's name in the header, without a token, and as somebody who belongs nowhere. */
    private void visit(Endpoint endpoint, EndpointCase known) {
        Map<String, String> theirs = new HashMap<>(other.values());
        known.slots().stream()
                .filter(EndpointCase.Slot::fixed)
                .forEach(slot -> theirs.put(slot.kind(), mine.value(slot.kind())));
        Answer header = call(known, theirs, mine.value("token"), other.value("slug"), null);
        look(known, "another's name in " + TENANT_HEADER, header);
        refuse(endpoint, known, "another's name in " + TENANT_HEADER, header);
        Answer anonymous = call(known, theirs, null, null, null);
        look(known, "no token", anonymous);
        refuse(endpoint, known, "no token", anonymous);
        Answer key = call(known, theirs, mine.value("api-key-text"), other.value("slug"), null);
        look(known, "an API key and another's name in " + TENANT_HEADER, key);
        refuse(endpoint, known, "an API key and another's name in " + TENANT_HEADER, key);
        if (!endpoint.operatorOnly() && !known.path().startsWith("/actuator")) {
            Answer nowhere = call(known, theirs, stranger, null, null);
            look(known, "no tenant", nowhere);
            refuse(endpoint, known, "no tenant", nowhere);
        }
    }

    private void refuse(Endpoint endpoint, EndpointCase known, String substitution, Answer answer) {
        if (endpoint.guarded() && answer.success()) {
            report(known, substitution, "is let in with " + answer.status());
        }
    }

    private void smuggle(EndpointCase known) {
        if (known.body() == null || known.bodyKind() != EndpointCase.BodyKind.JSON) {
            return;
        }
        for (String field : EXTRA_FIELDS) {
            if (known.body().startsWith("{\"" + field + "\"") || known.body().contains(",\"" + field + "\"")) {
                continue;
            }
            Answer answer = call(known, mine.values(), mine.value("token"), null, field);
            look(known, "an extra " + field, answer);
            if (answer.success()) {
                report(known, "an extra " + field, "is taken with " + answer.status());
            }
        }
    }

    private void own(Endpoint endpoint, EndpointCase known) {
        Answer answer = call(known, mine.values(), mine.value("token"), null, null);
        look(known, "nothing", answer);
        if (endpoint.handler() == null) {
            return;
        }
        boolean works = endpoint.operatorOnly()
                ? answer.status() == 403
                : answer.success() || (known.ownStatus() != null && answer.status() == known.ownStatus());
        if (!works) {
            report(known, "nothing", "does not work for its owner: " + answer.status());
        }
    }

    private Answer call(
            EndpointCase known,
            Map<String, String> values,
            @Nullable String token,
            @Nullable String tenant,
            @Nullable String extraField) {
        attempts++;
        Map<String, String> extra = extraField == null
                ? Map.of()
                : Map.of(extraField, extraField.equals("role") ? "OWNER" : other.value("tenant"));
        return caller.call(known, values, mine.value("app-secret"), token, tenant, extra);
    }

    private void look(EndpointCase known, String substitution, Answer answer) {
        if (answer.shows(other.canary())) {
            report(known, substitution, "shows a text of the other tenant");
        }
        other.values().entrySet().stream()
                .filter(entry -> other.marks().contains(entry.getValue()) && answer.shows(entry.getValue()))
                .forEach(entry -> report(known, substitution, "shows the other tenant's " + entry.getKey()));
        if (answer.status() >= 500) {
            report(known, substitution, "fails with " + answer.status());
        }
    }

    private void report(EndpointCase known, String substitution, String what) {
        leaks.add(new Leak(known.method() + " " + known.path() + " with " + substitution, what));
    }
}
