package io.switchboard.bench;

import java.util.Collection;

/** Of a measured series, by the nearest rank. */
record Percentiles(double[] ascending) {

    static Percentiles of(Collection<Double> values) {
        return new Percentiles(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /** @param share 0.5 for the median */
    double at(double share) {
        return ascending.length == 0 ? Double.NaN : ascending[(int) Math.ceil(share * ascending.length) - 1];
    }

    double max() {
        return at(1);
    }

    int count() {
        return ascending.length;
    }
}
