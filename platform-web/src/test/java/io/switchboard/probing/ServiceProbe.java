package io.switchboard.probing;

import io.switchboard.access.AccessService;
import io.switchboard.access.ApiKeyCreation;
import io.switchboard.access.ApiKeyService;
import io.switchboard.access.Caller;
import io.switchboard.access.Identity;
import io.switchboard.access.MemberAddition;
import io.switchboard.kernel.EmailAddress;
import io.switchboard.permissions.NotPermittedException;
import io.switchboard.permissions.Role;
import io.switchboard.probing.ServiceOperations.Operation;
import io.switchboard.security.Carried;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Calls every guarded operation of every service as everybody, past endpoints and pages, and compares who was let in with what the
 * operation declares. Whoever is let in gets no further than the guard.
 */
final class ServiceProbe {

    private static final String OPERATOR = "OPERATOR";
    private static final String STRANGER = "owner of another tenant";
    private static final String NOBODY = "nobody";

    private final ApplicationContext context;
    private final List<Operation> operations;
    private final World world;
    private final Map<String, Authentication> visitors = new LinkedHashMap<>();
    private int calls;

    /** Thrown in place of the operation. */
    private static final class LetInException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    ServiceProbe(
            ApplicationContext context,
            World world,
            World other,
            AccessService access,
            ApiKeyService keys,
            WorldMaker worlds) {
        this.context = context;
        this.operations = ServiceOperations.of(context).stream()
                .filter(Operation::guarded)
                .toList();
        this.world = world;
        Caller owner = new Caller(new Identity.Person(world.owner()), world.tenant(), Role.OWNER);
        for (Role role : Role.values()) {
            MemberAddition member = access.addMember(world.id(), anAddress(), "Member", world.value("password"), role);
            visitors.put(role.name(), carrying(worlds.token(((MemberAddition.Added) member).user())));
            ApiKeyCreation key = keys.create(world.id(), owner, "Key of " + role, role, null);
            visitors.put("API key " + role, carrying(((ApiKeyCreation.Created) key).text()));
        }
        visitors.put(OPERATOR, carrying(worlds.token(access.ensureOperator(anAddress(), world.value("password")))));
        visitors.put(STRANGER, carrying(worlds.token(other.owner())));
        visitors.put(
                NOBODY,
                new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("ANY")));
    }

    private static EmailAddress anAddress() {
        return new EmailAddress("s-" + UUID.randomUUID() + "@example.org");
    }

    private Authentication carrying(String credential) {
        return Carried.in(context, credential);
    }

    int calls() {
        return calls;
    }

    /** Calls that were let in or refused otherwise than declared. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
        try {
            for (Operation operation : operations) {
                visitors.forEach((who, authentication) -> {
                    SecurityContextHolder.getContext().setAuthentication(authentication);
                    calls++;
                    if (letIn(operation) != expected(operation, who)) {
                        differences.add(operation.name() + " as " + who + ", expected to be "
                                + (expected(operation, who) ? "let in" : "refused"));
                    }
                });
            }
        } finally {
            SecurityContextHolder.clearContext();
            RequestContextHolder.resetRequestAttributes();
        }
        return differences;
    }

    private boolean letIn(Operation operation) {
        if (!(operation.service() instanceof Advised service)) {
            return true;
        }
        Thread probe = Thread.currentThread();
        MethodInterceptor stop = call -> {
            if (Thread.currentThread().equals(probe)) {
                throw new LetInException();
            }
            return call.proceed();
        };
        service.addAdvice(stop);
        try {
            operation.method().invoke(operation.service(), ServiceOperations.arguments(operation.method(), world.id()));
            throw new AssertionError(operation.name() + " was carried out");
        } catch (InvocationTargetException e) {
            return switch (e.getCause()) {
                case LetInException _ -> true;
                case NotPermittedException _ -> false;
                case Throwable other -> throw new AssertionError(operation.name(), other);
            };
        } catch (IllegalAccessException e) {
            throw new AssertionError(operation.name(), e);
        } finally {
            service.removeAdvice(stop);
        }
    }

    private static boolean expected(Operation operation, String who) {
        @Nullable Role role = role(who);
        return operation.requires() == null ? who.equals(OPERATOR) : role != null && role.may(operation.requires());
    }

    private static @Nullable Role role(String who) {
        return switch (who) {
            case OPERATOR, STRANGER, NOBODY -> null;
            default -> Role.valueOf(who.replace("API key ", ""));
        };
    }
}
