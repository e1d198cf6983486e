package io.switchboard.permissions;

import java.util.Arrays;

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

    /** True if whoever has this role may give the other one to people and keys: it holds no right that this one lacks. */
    public boolean mayGive(Role other) {
        return (this == OWNER || other != OWNER)
                && Arrays.stream(Permission.values()).filter(other::may).allMatch(this::may);
    }
}
