package io.switchboard.usage;

/**
 * Names the work a reservation is for; reserving twice under one key reserves once.
 *
 * @param value unique within the tenant, 100 characters at most
 */
public record ReservationKey(String value) {

    public ReservationKey {
        if (value.isBlank() || value.length() > 100) {
            throw new IllegalArgumentException("reservation key blank or above 100 characters: " + value);
        }
    }
}
