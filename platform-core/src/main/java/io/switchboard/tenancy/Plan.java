package io.switchboard.tenancy;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use; null means without limit.
 *
 * @param answersPerMonth by calendar month, UTC
 * @param maxDocuments over all knowledge bases
 * @param maxStorageBytes of uploaded files
 */
public record Plan(
        String name,
        @Nullable Long answersPerMonth,
        @Nullable Long maxDocuments,
        @Nullable Long maxStorageBytes) {

    public Plan {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException("not a plan name (1 to 40 of a-z, 0-9 and -): " + name);
        }
        requireNotNegative("answersPerMonth", answersPerMonth);
        requireNotNegative("maxDocuments", maxDocuments);
        requireNotNegative("maxStorageBytes", maxStorageBytes);
    }

    private static void requireNotNegative(String field, @Nullable Long value) {
        if (value != null && value < 0) {
            throw new IllegalArgumentException(field + " below 0: " + value);
        }
    }
}
