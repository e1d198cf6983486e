package io.switchboard.probing;

import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Internal;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;

/** What the services of the running program offer, and to whom. */
final class ServiceOperations {

    /**
     * An operation of a service.
     *
     * @param requires null for operators only, or for nobody in particular
     */
    record Operation(
            Object service, Method method, @Nullable Permission requires, boolean operatorOnly) {

        boolean guarded() {
            return requires != null || operatorOnly;
        }

        boolean internal() {
            return method.isAnnotationPresent(Internal.class);
        }

        boolean ofTenant() {
            return method.getParameterCount() > 0 && method.getParameterTypes()[0] == TenantId.class;
        }

        /** Class and method, as people name them. */
        String name() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName();
        }
    }

    private ServiceOperations() {}

    /** Public operations of our services, those held to something and others, by name. */
    static List<Operation> of(ApplicationContext context) {
        return context.getBeansOfType(Object.class, false, false).values().stream()
                .filter(bean -> ours(AopUtils.getTargetClass(bean)))
                .flatMap(ServiceOperations::of)
                .sorted(Comparator.comparing(Operation::name)
                        .thenComparing(operation -> operation.method().toString()))
                .toList();
    }

    /** A method with several shapes counts once. */
    static List<Operation> named(List<Operation> operations) {
        return List.copyOf(operations.stream()
                .collect(java.util.stream.Collectors.toMap(
                        Operation::name, operation -> operation, (first, _) -> first, java.util.TreeMap::new))
                .values());
    }

    private static boolean ours(Class<?> type) {
        return type.getName().startsWith("io.switchboard.")
                && Modifier.isPublic(type.getModifiers())
                && !AnnotatedElementUtils.hasAnnotation(type, Controller.class)
                && (type.getSimpleName().endsWith("Service")
                        || Stream.of(type.getDeclaredMethods())
                                .anyMatch(method -> method.isAnnotationPresent(Requires.class)
                                        || method.isAnnotationPresent(OperatorOnly.class)));
    }

    private static Stream<Operation> of(Object bean) {
        return Arrays.stream(AopUtils.getTargetClass(bean).getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(method -> {
                    Requires requires = method.getAnnotation(Requires.class);
                    return new Operation(
                            bean,
                            method,
                            requires == null ? null : requires.value(),
                            method.isAnnotationPresent(OperatorOnly.class));
                });
    }

    /** Arguments that fit the method: this tenant, and otherwise nothing. */
    static @Nullable Object[] arguments(Method method, TenantId tenant) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> type == TenantId.class ? tenant : NOTHING.get(type))
                .toArray();
    }

    private static final Map<Class<?>, Object> NOTHING = Map.of(boolean.class, false, int.class, 0, long.class, 0L);
}
