package io.switchboard.tenancy;

/** Whether a tenant is served. */
public enum TenantStatus {
    ACTIVE,
    /** Nobody signs in, webhooks are stored by nobody, nothing is answered; may be resumed. */
    SUSPENDED,
    /** Like suspended, and hidden from lists. */
    ARCHIVED
}
