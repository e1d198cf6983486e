package io.switchboard.channels;

/**
 * An id under which a provider knows a customer. Opaque: two that differ in a digit are two, and none is ever rewritten.
 *
 * @param value exactly as received
 */
public record CustomerAlias(Kind kind, String value) {

    public static final int MAX_LENGTH = 500;

    public CustomerAlias {
        value = value.replace("\0", "");
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("an id has 1 to " + MAX_LENGTH + " characters: " + value.length());
        }
    }

    /** What kind of id it is; the same characters of another kind are another id. */
    public enum Kind {
        /** A phone number, as the provider writes it. */
        PHONE,
        /** The provider's id of a customer for one business, such as Meta's BSUID. */
        USER_ID,
        /** WhatsApp's hidden id, which stands in the place of a phone. */
        LID,
        /** Given by ourselves, as to visitors of a web page. */
        OTHER
    }

    public static CustomerAlias phone(String value) {
        return new CustomerAlias(Kind.PHONE, value);
    }

    public static CustomerAlias userId(String value) {
        return new CustomerAlias(Kind.USER_ID, value);
    }

    public static CustomerAlias lid(String value) {
        return new CustomerAlias(Kind.LID, value);
    }

    public static CustomerAlias other(String value) {
        return new CustomerAlias(Kind.OTHER, value);
    }
}
