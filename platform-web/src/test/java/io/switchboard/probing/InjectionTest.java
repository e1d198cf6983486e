package io.switchboard.probing;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.WebTest;
import io.switchboard.isolation.TenantTables;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Statements of SQL in every text and every parameter of every endpoint.
 *
 * <p>Checklist: ASVS 1.2.4.
 */
class InjectionTest extends WebTest {

    private static final Duration SLEEP = Duration.ofSeconds(5);

    private static final List<String> CORPUS = List.of(
            "'",
            "''",
            "' or '1'='1",
            "' or 1=1--",
            "'; select pg_sleep(5)--",
            "' || pg_sleep(5) || '",
            "1); select pg_sleep(5);--",
            "' union select null,null,version()--",
            "'; drop table chunk;--",
            "\\'; select pg_sleep(5)--",
            "$$; select pg_sleep(5); $$",
            "%' or tenant_id is not null or '%'='",
            "*) & (foo | bar:*",
            "{\"$gt\":\"\"}",
            "${jndi:ldap://127.0.0.1/x}",
            "#{7*7}${7*7}",
            "?::text",
            ":tenant");

    private static final Pattern TEXT = Pattern.compile("(?<=:|\\[|,)\"(?:[^\"\\\\]|\\\\.)*\"(?=[,}\\]])");
    private static final Pattern PARAMETER = Pattern.compile("([?&][a-z_.]+=)[^&]*", Pattern.CASE_INSENSITIVE);

    @Autowired
    WorldMaker worlds;

    @Autowired
    TenantTables tables;

    @Test
    void treats_statements_as_text_everywhere() {
        World mine = worlds.make('a');
        World other = worlds.make('b');
        Map<String, String> before = tables.digests(other.id());
        HttpCaller http = new HttpCaller(URI.create("http://localhost:" + port));
        List<String> failures = new ArrayList<>();
        int calls = 0;

        for (EndpointCase known : Endpoints.cases().values()) {
            for (EndpointCase poisoned : poisoned(known)) {
                for (int i = 0; i < CORPUS.size(); i++) {
                    Map<String, String> values = new HashMap<>(mine.values());
                    values.put("poison", CORPUS.get(i));
                    long begin = System.nanoTime();
                    Answer answer =
                            http.call(poisoned, values, mine.value("app-secret"), mine.value("token"), null, Map.of());
                    calls++;
                    Duration took = Duration.ofNanos(System.nanoTime() - begin);
                    if (answer.status() >= 500
                            || took.compareTo(SLEEP) >= 0
                            || answer.shows(other.canary())
                            || answer.shows("PSQLException")
                            || answer.shows("syntax error")
                            || answer.shows("PostgreSQL 17")) {
                        failures.add(poisoned + " with " + CORPUS.get(i) + ": " + answer.status() + " after " + took);
                    }
                }
            }
        }

        assertThat(failures).isEmpty();
        assertThat(calls).isGreaterThan(60 * CORPUS.size());
        assertThat(tables.digests(other.id())).isEqualTo(before);
    }

    /** The case once for each text of its body and each parameter of its query, with a slot for the poison there. */
    private static List<EndpointCase> poisoned(EndpointCase known) {
        List<EndpointCase> poisoned = new ArrayList<>();
        if (known.bodyKind() == EndpointCase.BodyKind.JSON && known.body() != null) {
            Matcher text = TEXT.matcher(known.body());
            while (text.find()) {
                String body = known.body().substring(0, text.start()) + "\"{poison!}\""
                        + known.body().substring(text.end());
                poisoned.add(new EndpointCase(known.method(), known.path(), null, false, known.bodyKind(), body));
            }
        }
        Matcher parameter = PARAMETER.matcher(known.path());
        while (parameter.find()) {
            String path = known.path().substring(0, parameter.end(1)) + "{poison!}"
                    + known.path().substring(parameter.end());
            poisoned.add(new EndpointCase(known.method(), path, null, false, known.bodyKind(), known.body()));
        }
        if (known.method().equals("GET")
                && known.path().startsWith("/api/v1/")
                && !known.path().contains("?")) {
            poisoned.add(new EndpointCase(
                    known.method(),
                    known.path() + "?sort={poison!}&order={poison!}&limit={poison!}",
                    null,
                    false,
                    known.bodyKind(),
                    null));
        }
        return poisoned;
    }
}
