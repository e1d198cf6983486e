/** Who may come in: form sign-in for the browser, bearer tokens for the API, and what each endpoint asks of its caller. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"kernel", "permissions", "installation", "tenancy", "access", "audit", "limits"})
package io.switchboard.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
