package io.switchboard.security;

import io.switchboard.access.SingleSignOnService;
import io.switchboard.access.SingleSignOnSettings;
import io.switchboard.access.User;
import io.switchboard.installation.InstallationSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.SupplierClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * Sign-in at a provider of identities (OpenID Connect): authorization code with state, nonce and PKCE. The provider is asked for its
 * addresses and keys when the first person signs in, so that this program starts without it.
 */
@Component
class SingleSignOn {

    private static final String REGISTRATION = "oidc";
    private static final String START = "/oauth2/authorization";

    private final SingleSignOnService service;
    private final SingleSignOnSettings settings;
    private final InstallationSettings installation;
    private final Entrance entrance;
    private final OidcUserService users = new OidcUserService();

    SingleSignOn(
            SingleSignOnService service,
            SingleSignOnSettings settings,
            InstallationSettings installation,
            Entrance entrance) {
        this.service = service;
        this.settings = settings;
        this.installation = installation;
        this.entrance = entrance;
    }

    /** Does nothing where no provider is named. */
    void addTo(HttpSecurity http) throws Exception {
        if (!service.available()) {
            return;
        }
        ClientRegistrationRepository registrations =
                new SupplierClientRegistrationRepository(() -> new InMemoryClientRegistrationRepository(discover()));
        DefaultOAuth2AuthorizationRequestResolver requests =
                new DefaultOAuth2AuthorizationRequestResolver(registrations, START);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        http.oauth2Login(login -> login.loginPage("/login")
                .clientRegistrationRepository(registrations)
                .authorizedClientRepository(new HttpSessionOAuth2AuthorizedClientRepository())
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(this::load))
                .successHandler(this::enter)
                .failureHandler((request, response, failure) ->
                        response.sendRedirect(request.getContextPath() + "/login?sso")));
    }

    private ClientRegistration discover() {
        String base = installation.publicUrl() == null
                ? "{baseUrl}"
                : installation.publicUrl().toString().replaceAll("/+$", "");
        return ClientRegistrations.fromOidcIssuerLocation(String.valueOf(settings.issuer()))
                .registrationId(REGISTRATION)
                .clientId(String.valueOf(settings.clientId()))
                .clientSecret(String.valueOf(settings.clientSecret()))
                .scope("openid", "email")
                .redirectUri(base + "/login/oauth2/code/" + REGISTRATION)
                .build();
    }

    private OidcUser load(OidcUserRequest request) {
        OidcUser user = users.loadUser(request);
        if (find(user).isEmpty()) {
            throw new OAuth2AuthenticationException(new OAuth2Error("not_a_member"));
        }
        return user;
    }

    private Optional<User> find(OidcUser user) {
        return service.find(user.getEmail(), user.getEmailVerified());
    }

    /** Puts our own user in the place of the provider's; the session has another id by now. */
    private void enter(HttpServletRequest request, HttpServletResponse response, Authentication signedIn)
            throws IOException, ServletException {
        entrance.enter(request, response, user(signedIn.getPrincipal()));
    }

    private User user(@Nullable Object principal) {
        return Optional.ofNullable(principal)
                .filter(OidcUser.class::isInstance)
                .map(OidcUser.class::cast)
                .flatMap(this::find)
                .orElseThrow(() -> new IllegalStateException("signed in by a provider, but unknown here"));
    }
}
