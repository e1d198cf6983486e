package io.switchboard.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a {@code PageRequest} parameter: the list's cursors are no ids but have this form. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@interface OpaqueCursor {

    /** Regular expression that a cursor matches as a whole. */
    String value() default "\\S{1,300}";
}
