package io.switchboard.permissions;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The endpoint, page or operation is for members, and API keys, whose role in the tenant has the permission. The tenant of an endpoint is
 * that of the request, of a page the one that the visitor has chosen; an operation of a service takes it as its first parameter.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Requires {

    Permission value();
}
