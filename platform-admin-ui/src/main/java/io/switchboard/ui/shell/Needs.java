package io.switchboard.ui.shell;

import io.switchboard.permissions.Permission;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a view needs of the visitor's role in the tenant they work in; checked each time the view is entered. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Needs {

    Permission value();
}
