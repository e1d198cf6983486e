package io.switchboard.permissions;

/** Somebody asked for what they may not do. Endpoints and pages say so before it comes to this. */
public final class NotPermittedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /** @param reason tells the asker what is missing; holds nothing that they may not know */
    public NotPermittedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What is missing, in a sentence for whoever asked. */
    public String reason() {
        return reason;
    }
}
