/** The PostgreSQL server, its three roles and the DataSources that connect as them. */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "installation"})
package io.switchboard.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
