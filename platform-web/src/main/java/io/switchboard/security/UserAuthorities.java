package io.switchboard.security;

import io.switchboard.access.AccessService;
import io.switchboard.access.Membership;
import io.switchboard.access.User;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/**
 * What views are opened to: {@code ROLE_USER} for everybody, {@code ROLE_OPERATOR} for operators, and the roles the user has in active
 * tenants. They decide which views can be reached; what can be done there is checked against the role in the tenant at hand.
 */
@Component
class UserAuthorities {

    private final AccessService access;

    UserAuthorities(AccessService access) {
        this.access = access;
    }

    List<GrantedAuthority> of(User user) {
        Stream<String> roles =
                access.memberships(user.id()).stream().map(Membership::role).map(Enum::name);
        return Stream.of(Stream.of("USER"), user.operator() ? Stream.of("OPERATOR") : Stream.<String>empty(), roles)
                .flatMap(names -> names)
                .distinct()
                .<GrantedAuthority>map(name -> new SimpleGrantedAuthority("ROLE_" + name))
                .toList();
    }
}
