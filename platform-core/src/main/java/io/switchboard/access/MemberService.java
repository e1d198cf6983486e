package io.switchboard.access;

import io.switchboard.audit.AuditService;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import io.switchboard.tenancy.TenantTransactions;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;

/** Changes who works for a tenant, and as what. */
@Service
public class MemberService {

    private final Memberships memberships;
    private final AccessService access;
    private final TenantTransactions transactions;
    private final AuditService audit;

    MemberService(Memberships memberships, AccessService access, TenantTransactions transactions, AuditService audit) {
        this.memberships = memberships;
        this.access = access;
        this.transactions = transactions;
        this.audit = audit;
    }

    /** As {@link AccessService#addMember}, by somebody who may give the role; empty for somebody who may not. */
    @Requires(Permission.MANAGE_MEMBERS)
    public Optional<MemberAddition> add(
            TenantId tenant, Caller caller, EmailAddress email, String name, String password, Role role) {
        if (!caller.mayGive(role)) {
            return Optional.empty();
        }
        MemberAddition outcome = access.addMember(tenant, email, name, password, role);
        if (outcome instanceof MemberAddition.Added(User user)) {
            audit.record(tenant, caller.actor(), "added", "member", user.id().value(), email.value() + ", " + role);
        }
        return Optional.of(outcome);
    }

    @Requires(Permission.MANAGE_MEMBERS)
    public MemberChange changeRole(TenantId tenant, Caller caller, UserId user, Role role) {
        if (!caller.mayGive(role)) {
            return MemberChange.NOT_ALLOWED;
        }
        return change(tenant, caller, user, role == Role.OWNER, member -> {
            memberships.changeRole(tenant, user, role);
            audit.record(
                    tenant,
                    caller.actor(),
                    "given another role",
                    "member",
                    user.value(),
                    member.name() + ", " + member.role() + " to " + role);
        });
    }

    /** Ends the membership with the person's next request; their account and other tenants stay. */
    @Requires(Permission.MANAGE_MEMBERS)
    public MemberChange remove(TenantId tenant, Caller caller, UserId user) {
        return change(tenant, caller, user, false, member -> {
            memberships.remove(tenant, user);
            audit.record(
                    tenant,
                    caller.actor(),
                    "removed",
                    "member",
                    user.value(),
                    member.email().value());
        });
    }

    private MemberChange change(
            TenantId tenant, Caller caller, UserId user, boolean staysOwner, Consumer<Member> deed) {
        return transactions.call(tenant, () -> {
            long owners = memberships.lockOwners(tenant);
            Optional<Member> member = memberships.find(tenant, user);
            if (member.isEmpty()) {
                return MemberChange.UNKNOWN;
            }
            if (!caller.mayGive(member.get().role())) {
                return MemberChange.NOT_ALLOWED;
            }
            if (member.get().role() == Role.OWNER && !staysOwner && owners == 1) {
                return MemberChange.LAST_OWNER;
            }
            deed.accept(member.get());
            return MemberChange.DONE;
        });
    }
}
