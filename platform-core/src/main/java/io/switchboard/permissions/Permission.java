package io.switchboard.permissions;

import java.util.Set;

/** An operation that roles are checked for. */
public enum Permission {
    READ_KNOWLEDGE(Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT, Role.ANALYST),
    EDIT_KNOWLEDGE(Role.OWNER, Role.ADMIN, Role.EDITOR),
    READ_BOTS(Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT, Role.ANALYST),
    EDIT_BOTS(Role.OWNER, Role.ADMIN, Role.EDITOR),
    ASK_BOTS(Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT),
    READ_CHANNELS(Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT, Role.ANALYST),
    EDIT_CHANNELS(Role.OWNER, Role.ADMIN),
    READ_CONVERSATIONS(Role.OWNER, Role.ADMIN, Role.AGENT),
    ANSWER_CONVERSATIONS(Role.OWNER, Role.ADMIN, Role.AGENT),
    USE_SIMULATOR(Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT),
    READ_USAGE(Role.OWNER, Role.ADMIN, Role.EDITOR, Role.AGENT, Role.ANALYST),
    /** What is kept of customers: handing it out, erasing it, and for how long. */
    MANAGE_PRIVACY(Role.OWNER, Role.ADMIN),
    EXPORT_TENANT(Role.OWNER),
    MANAGE_MEMBERS(Role.OWNER, Role.ADMIN),
    MANAGE_API_KEYS(Role.OWNER, Role.ADMIN),
    EDIT_ACCESS_POLICY(Role.OWNER),
    READ_AUDIT(Role.OWNER, Role.ADMIN);

    @SuppressWarnings("ImmutableEnumChecker") // Set.of never changes
    private final Set<Role> roles;

    Permission(Role... roles) {
        this.roles = Set.of(roles);
    }

    public Set<Role> roles() {
        return roles;
    }
}
