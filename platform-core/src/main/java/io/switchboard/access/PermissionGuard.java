package io.switchboard.access;

import io.switchboard.audit.Actor;
import io.switchboard.audit.Origin;
import io.switchboard.audit.Presence;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.NotPermittedException;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Requires;
import io.switchboard.permissions.Role;
import java.lang.reflect.Method;
import java.util.Optional;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Holds operations of services to what they declare, whoever calls them: the wall behind those of endpoints and pages. It asks the
 * database for the role at that moment. What an operation does inside itself, in the same tenant, goes with it. What the program does by
 * itself, with nobody asking, is not held.
 */
@Component
class PermissionGuard implements MethodInterceptor {

    private static final ScopedValue<Grant> GRANTED = ScopedValue.newInstance();

    private final ObjectProvider<Presence> presence;
    private final CurrentRoles roles;
    private final Users users;

    PermissionGuard(ObjectProvider<Presence> presence, CurrentRoles roles, Users users) {
        this.presence = presence;
        this.roles = roles;
        this.users = users;
    }

    /** @param tenant null for operators' operations, which may do everything inside */
    private record Grant(@Nullable TenantId tenant) {

        boolean covers(Grant other) {
            return tenant == null || tenant.equals(other.tenant);
        }
    }

    /** @throws NotPermittedException if somebody asks who may not */
    @Override
    public @Nullable Object invoke(MethodInvocation operation) throws Throwable {
        Method method = operation.getMethod();
        Grant wanted = new Grant(
                method.isAnnotationPresent(OperatorOnly.class)
                        ? null
                        : (TenantId) operation.getArguments()[0]);
        if (GRANTED.isBound() && GRANTED.get().covers(wanted)) {
            return operation.proceed();
        }
        if (!method.isAnnotationPresent(Internal.class)) {
            check(wanted, method.getAnnotation(Requires.class));
        }
        return ScopedValue.where(GRANTED, wanted).<@Nullable Object, Throwable>call(operation::proceed);
    }

    private void check(Grant wanted, @Nullable Requires requires) {
        Presence edge = presence.getIfAvailable();
        Optional<Actor> actor = edge == null ? Optional.empty() : edge.actor();
        if (actor.isPresent()) {
            require(wanted.tenant, requires, actor.get());
        } else if (edge != null && !edge.origin().equals(Origin.NONE)) {
            throw new NotPermittedException("This is for people who are signed in.");
        }
    }

    private void require(@Nullable TenantId tenant, @Nullable Requires requires, Actor actor) {
        if (tenant == null || requires == null) {
            requireOperator(actor);
            return;
        }
        Role role = roles.find(tenant, actor)
                .orElseThrow(() -> new NotPermittedException("You do not work for this tenant."));
        if (!role.may(requires.value())) {
            throw new NotPermittedException(
                    "Your role " + role + " does not have the permission " + requires.value() + ".");
        }
    }

    private void requireOperator(Actor actor) {
        if (actor.kind() != Actor.Kind.PERSON
                || users.find(new UserId(actor.id()))
                        .filter(user -> user.operator() && !user.suspended())
                        .isEmpty()) {
            throw new NotPermittedException("This is for operators only.");
        }
    }
}
