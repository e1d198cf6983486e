package io.switchboard.faults;

import java.util.List;

/** Of measured milliseconds or seconds. */
final class Series {

    private Series() {}

    /** By the nearest rank; not a number if there is nothing. */
    static double percentile(List<Double> values, int percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }

    static String describe(List<Double> millis) {
        return "p50 %.0f, p95 %.0f, p99 %.0f ms of %d"
                .formatted(percentile(millis, 50), percentile(millis, 95), percentile(millis, 99), millis.size());
    }
}
