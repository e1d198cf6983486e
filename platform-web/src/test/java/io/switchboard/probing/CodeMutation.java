package io.switchboard.probing;

import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.springframework.web.method.HandlerMethod;

/** A class of the running program with one method changed, until it is closed. */
final class CodeMutation implements AutoCloseable {

    private static final Instrumentation MACHINE = ByteBuddyAgent.install();

    private final Class<?> type;
    private final ClassFileTransformer change;

    private CodeMutation(Class<?> type, ClassFileTransformer change) {
        this.type = type;
        this.change = change;
    }

    /** Weaves an advice into the methods of a class that is loaded already. */
    static CodeMutation weave(String type, ElementMatcher<? super MethodDescription> methods, Class<?> advice) {
        try {
            ClassLoader loader = CodeMutation.class.getClassLoader();
            Class<?> loaded = Class.forName(type, true, loader);
            byte[] changed = new ByteBuddy()
                    .redefine(
                            TypePool.Default.of(loader).describe(type).resolve(),
                            ClassFileLocator.ForClassLoader.of(loader))
                    .visit(Advice.to(advice).on(methods))
                    .make()
                    .getBytes();
            String name = type.replace('.', '/');
            ClassFileTransformer change = new ClassFileTransformer() {
                @Override
                public byte[] transform(
                        ClassLoader from,
                        String className,
                        Class<?> redefined,
                        java.security.ProtectionDomain domain,
                        byte[] bytes) {
                    return name.equals(className) ? changed : null;
                }
            };
            CodeMutation mutation = new CodeMutation(loaded, change);
            MACHINE.addTransformer(change, true);
            MACHINE.retransformClasses(loaded);
            return mutation;
        } catch (ClassNotFoundException | UnmodifiableClassException e) {
            throw new AssertionError(type + " cannot be changed", e);
        }
    }

    @Override
    public void close() {
        MACHINE.removeTransformer(change);
        try {
            MACHINE.retransformClasses(type);
        } catch (UnmodifiableClassException e) {
            throw new AssertionError(type + " cannot be restored", e);
        }
    }

    /** The method does nothing. */
    static final class DoesNothing {

        private DoesNothing() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }
    }

    /** The method says yes to everything. */
    static final class SaysYes {

        private SaysYes() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            return true;
        }

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // what is assigned is what the woven method returns
        static void exit(@Advice.Return(readOnly = false) boolean answer) {
            answer = true;
        }
    }

    /** Whatever an endpoint asks for, reading knowledge is enough. */
    static final class AsksForLess {

        private AsksForLess() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // what is assigned is what the woven method gets
        static void enter(@Advice.Argument(value = 1, readOnly = false) Permission permission) {
            permission = Permission.READ_KNOWLEDGE;
        }
    }

    /** As if {@code @Requires} had been taken off the handlers called delete. */
    static final class LosesAnnotation {

        private LosesAnnotation() {}

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // as above
        static void exit(
                @Advice.Argument(0) HandlerMethod handler,
                @Advice.Argument(1) Class<?> annotation,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object found) {
            if (annotation == Requires.class && handler.getMethod().getName().equals("delete")) {
                found = null;
            }
        }
    }
}
