package io.switchboard.ingestion.crawling;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.switchboard.outbound.Fetching;
import io.switchboard.outbound.OutboundFetcher;
import io.switchboard.outbound.WebAddress;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What sites forbid, by RFC 9309: a site without a robots.txt forbids nothing; one whose robots.txt cannot be read now is left alone until
 * it can. Of a long file the first 500 KiB count.
 */
@Component
class Robots {

    static final String NAME = "switchboard";

    private static final int MAX_BYTES = 500 * 1024;
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MAX_SITES = 500;

    private final OutboundFetcher fetcher;
    private final Clock clock;

    private final Map<String, Kept> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > MAX_SITES;
        }
    };

    Robots(OutboundFetcher fetcher, Clock clock) {
        this.fetcher = fetcher;
        this.clock = clock;
    }

    private record Kept(BaseRobotRules rules, Instant until) {}

    /** Outcome of {@link #fetch}. */
    sealed interface Reading {

        record Known(BaseRobotRules rules) implements Reading {}

        /** @param reason for people, a whole sentence */
        record Unknown(String reason) implements Reading {}
    }

    /** The rules of a site that were read less than an hour ago. */
    Optional<BaseRobotRules> known(WebAddress page) {
        synchronized (known) {
            Kept kept = known.get(PageAddresses.origin(page));
            return kept == null || kept.until().isBefore(clock.instant())
                    ? Optional.empty()
                    : Optional.of(kept.rules());
        }
    }

    Reading fetch(WebAddress page) throws IOException {
        WebAddress file = new WebAddress(page.scheme(), page.host(), page.port(), "/robots.txt");
        AtomicReference<byte @Nullable []> content = new AtomicReference<>();
        Fetching fetching = fetcher.fetch(file, Long.MAX_VALUE, (type, bytes) -> content.set(start(bytes)));
        return switch (fetching) {
            case Fetching.Fetched _ -> {
                byte[] read = content.get();
                yield keep(page, rules(file, read == null ? new byte[0] : read));
            }
            case Fetching.Failed(var problem, var reason) ->
                switch (problem) {
                    case GONE, STATUS -> keep(page, new SimpleRobotRules(RobotRulesMode.ALLOW_ALL));
                    case BUSY, UNREACHABLE, TOO_SLOW, TOO_LARGE, TOO_MANY_REDIRECTS, NOT_ALLOWED ->
                        new Reading.Unknown(reason);
                };
        };
    }

    private static byte[] start(InputStream bytes) throws IOException {
        return bytes.readNBytes(MAX_BYTES);
    }

    private static BaseRobotRules rules(WebAddress file, byte[] content) {
        return new SimpleRobotRulesParser().parseContent(file.toString(), content, "text/plain", List.of(NAME));
    }

    private Reading keep(WebAddress page, BaseRobotRules rules) {
        synchronized (known) {
            known.put(
                    PageAddresses.origin(page), new Kept(rules, clock.instant().plus(KEPT)));
        }
        return new Reading.Known(rules);
    }
}
