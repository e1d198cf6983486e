package io.switchboard.security;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import io.switchboard.access.AccessService;
import io.switchboard.access.TwoFactorService;
import io.switchboard.limits.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;

/**
 * Two worlds that share nothing but the users. Programs send a bearer token and never get a cookie; browsers have a session and no use
 * for a token.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Vaadin starts from inline script and styles; everything else must come from us. */
    private static final String PAGE_POLICY = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self';"
            + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /** Vaadin sends the page's first bytes before the filters get their turn again; the headers must be there by then. */
    private static final ObjectPostProcessor<HeaderWriterFilter> BEFORE_THE_PAGE = new ObjectPostProcessor<>() {
        @Override
        public <O extends HeaderWriterFilter> O postProcess(O filter) {
            filter.setShouldWriteHeadersEagerly(true);
            return filter;
        }
    };

    /**
     * Their names or addresses change with their content, so browsers may keep them for as long as Vaadin says; asking for thirty of them
     * again made every page slow.
     */
    private static final RequestMatcher FILES_OF_THE_BUILD = new OrRequestMatcher(
            PathPatternRequestMatcher.pathPattern("/VAADIN/build/**"),
            PathPatternRequestMatcher.pathPattern("/VAADIN/static/**"));

    /** A span for each filter of each request says nothing that the request's own does not, and costs more than some requests do. */
    @Bean
    static SecurityObservationSettings noFilterObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** The longest text that an endpoint takes has 20,000 characters; what is longer comes as an upload. */
    private static final DataSize LONGEST_REQUEST = DataSize.ofMegabytes(1);

    /** What a page sends back at a click, with every field of the largest form. */
    private static final DataSize LONGEST_CLICK = DataSize.ofMegabytes(4);

    private static final String EVENTS = "/api/v1/events";

    @Bean
    @Order(1)
    SecurityFilterChain apiChain(HttpSecurity http, BearerCredentials bearer, ProblemWriter problems, Limits limits)
            throws Exception {
        stateless(http.securityMatcher("/api/**"), bearer, problems);
        return http.addFilterBefore(new ApiLimitFilter(limits, problems), BearerFilter.class)
                .addFilterBefore(
                        new BodyLimitFilter(LONGEST_REQUEST, SecurityConfiguration::isMultipart, problems),
                        BearerFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.POST,
                                "/api/v1/auth/login",
                                "/api/v1/auth/refresh",
                                "/api/v1/auth/logout",
                                "/api/v1/auth/forgot",
                                "/api/v1/auth/reset",
                                "/api/v1/auth/join")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, EVENTS) // its first frame carries the token
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    /** Health is open to all, figures to operators; a scraper that cannot refresh tokens may send their password (Basic). */
    @Bean
    @Order(2)
    SecurityFilterChain managementChain(
            HttpSecurity http, BearerCredentials bearer, ProblemWriter problems, PasswordSignIn passwords)
            throws Exception {
        stateless(http.securityMatcher("/actuator/**", "/health"), bearer, problems);
        return alone(http, passwords)
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.GET, "/health", "/actuator/health", "/actuator/health/*")
                        .permitAll()
                        .anyRequest()
                        .hasRole("OPERATOR"))
                .build();
    }

    /** Webhooks check the provider's signature themselves. */
    @Bean
    @Order(3)
    SecurityFilterChain webhookChain(HttpSecurity http, BearerCredentials bearer, ProblemWriter problems)
            throws Exception {
        stateless(http.securityMatcher("/webhooks/**"), bearer, problems);
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(4)
    SecurityFilterChain documentationChain(HttpSecurity http, BearerCredentials bearer, ProblemWriter problems)
            throws Exception {
        stateless(http.securityMatcher("/v3/api-docs/**", "/docs", "/docs/**", "/swagger-ui/**"), bearer, problems);
        return http.headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_POLICY)))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, "/**")
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** The server comes here by itself to tell what went wrong; refusing it would turn every error into a 403. */
    @Bean
    @Order(5)
    SecurityFilterChain errorChain(HttpSecurity http, BearerCredentials bearer, ProblemWriter problems)
            throws Exception {
        stateless(http.securityMatcher("/error"), bearer, problems);
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(10)
    SecurityFilterChain browserChain(
            HttpSecurity http,
            PasswordSignIn passwords,
            AccessService access,
            TwoFactorService twoFactor,
            UserAuthorities authorities,
            Entrance entrance,
            SingleSignOn singleSignOn,
            Clock clock,
            ProblemWriter problems)
            throws Exception {
        SecondStep secondStep = new SecondStep(access, twoFactor, entrance, clock);
        singleSignOn.addTo(http);
        return alone(http, passwords)
                // the form is posted by a page that has no token yet, as that of the first step; the cookie is SameSite
                .csrf(csrf -> csrf.ignoringRequestMatchers(SecondStep.PATH))
                .addFilterBefore(secondStep, UsernamePasswordAuthenticationFilter.class)
                .with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin.loginView("/login", "/login"))
                // after Vaadin's, and with the page named again: else Spring Security puts a page of its own in its
                // place
                .formLogin(form -> form.loginPage("/login").failureHandler(secondStep))
                .addFilterBefore(
                        new BodyLimitFilter(LONGEST_CLICK, SecurityConfiguration::isPageUpload, problems),
                        UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(new StrayRequestFilter(), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(new SignedInFilter(access, authorities), UsernamePasswordAuthenticationFilter.class)
                .headers(headers -> headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_POLICY))
                        .cacheControl(HeadersConfigurer.CacheControlConfig::disable)
                        .addHeaderWriter(new DelegatingRequestMatcherHeaderWriter(
                                new NegatedRequestMatcher(FILES_OF_THE_BUILD), new CacheControlHeadersWriter()))
                        .withObjectPostProcessor(BEFORE_THE_PAGE))
                .build();
    }

    /** Without a parent, which would ask the same provider again about every wrong password, and count it twice. */
    private static HttpSecurity alone(HttpSecurity http, PasswordSignIn passwords) {
        http.getSharedObject(AuthenticationManagerBuilder.class).parentAuthenticationManager(null);
        return http.authenticationProvider(passwords);
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    /** Measured while it is stored. */
    private static boolean isPageUpload(HttpServletRequest request) {
        return request.getRequestURI().contains("/VAADIN/dynamic/");
    }

    private static void stateless(HttpSecurity http, BearerCredentials bearer, ProblemWriter problems)
            throws Exception {
        DataEdge.of(http)
                .addFilterBefore(new BearerFilter(bearer), UsernamePasswordAuthenticationFilter.class)
                .exceptionHandling(exceptions ->
                        exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems));
    }
}
