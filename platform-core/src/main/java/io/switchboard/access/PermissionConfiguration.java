package io.switchboard.access;

import io.switchboard.permissions.Internal;
import io.switchboard.permissions.OperatorOnly;
import io.switchboard.permissions.Requires;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;

/** Puts the guard around services. Endpoints are held to what they declare where requests come in. */
@Configuration(proxyBeanMethods = false)
class PermissionConfiguration {

    private static final ClassFilter NO_ENDPOINT = type -> !AnnotatedElementUtils.hasAnnotation(type, Controller.class);

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor permissionAdvisor(ObjectProvider<PermissionGuard> guard) {
        MethodInterceptor whenCalled = operation -> guard.getObject().invoke(operation);
        return new DefaultPointcutAdvisor(
                new ComposablePointcut(AnnotationMatchingPointcut.forMethodAnnotation(Requires.class))
                        .union(AnnotationMatchingPointcut.forMethodAnnotation(OperatorOnly.class))
                        .union(AnnotationMatchingPointcut.forMethodAnnotation(Internal.class))
                        .intersection(NO_ENDPOINT),
                whenCalled);
    }
}
