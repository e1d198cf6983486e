package io.switchboard.access;

/** What a member may do in a tenant; the operator is no role but a property of the user. */
public enum Role {
    OWNER,
    ADMIN,
    /** Knowledge and bots. */
    EDITOR,
    /** The inbox. */
    AGENT,
    /** Reads figures. */
    ANALYST;

    public boolean may(Permission permission) {
        return permission.roles().contains(this);
    }
}
