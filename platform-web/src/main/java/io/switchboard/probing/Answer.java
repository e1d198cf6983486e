package io.switchboard.probing;

import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/** What an endpoint answered. */
record Answer(int status, String type, String body, Collection<String> sent) {

    /** What says nothing about the answer; a server closes a connection after so many requests. */
    private static final Set<String> OF_THE_CONNECTION = Set.of("date", "connection", "keep-alive");

    static Answer of(HttpResponse<String> response, Collection<String> sent) {
        String headers = response.headers().map().entrySet().stream()
                .filter(header -> !OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .toList()
                .toString();
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body() + "\n" + headers,
                sent.stream()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    boolean success() {
        return status >= 200 && status < 400;
    }

    /** Without what was sent and what no two answers have in common, so that two answers can be compared. */
    String comparable() {
        return status + " " + type + " " + withoutSent().replaceAll("\"timings\":\\{[^}]*}", "");
    }

    /** True if the answer holds this text without having been sent it. */
    boolean shows(String mark) {
        return withoutSent().contains(mark);
    }

    /** Longer values first, so that a value inside another leaves no half of it. */
    private String withoutSent() {
        String text = body;
        for (String value : sent) {
            text = text.replace(value, "…");
        }
        return text;
    }
}
