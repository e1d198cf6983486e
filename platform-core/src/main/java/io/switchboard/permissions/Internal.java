package io.switchboard.permissions;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The operation is a step of what the program does for customers or by itself, whoever's thread it is. It takes the tenant as its first
 * parameter, and what it does inside itself in that tenant goes with it. Endpoints and pages hand its result to nobody.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Internal {}
