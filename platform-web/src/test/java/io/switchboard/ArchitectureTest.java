package io.switchboard;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.vaadin.flow.router.Menu;
import io.switchboard.database.SchemaOwner;
import io.switchboard.database.SystemDatabase;
import io.switchboard.kernel.TenantId;
import io.switchboard.outbound.ProviderClient;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

/** The house rules that a compiler cannot check. */
class ArchitectureTest {

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.switchboard");

    /** Who may look across tenants, and why; a new name here deserves a review. */
    private static final Map<String, String> SEES_ALL_TENANTS = Map.ofEntries(
            entry("io.switchboard.tenancy.TenancyService", "manages tenants"),
            entry("io.switchboard.tenancy.WallCheck", "inspects the wall"),
            entry("io.switchboard.secrets.KeyRotation", "finds keys under another master key"),
            entry("io.switchboard.privacy.RetentionSweep", "finds tenants that keep things for a time only"),
            entry("io.switchboard.webhooklog.WebhookLogStore", "removes notes of deliveries when their time is over"),
            entry("io.switchboard.privacy.TenantRows", "removes the audit and looks whether routes are left"),
            entry("io.switchboard.answering.Calibrations", "keeps what was measured of embedding models"),
            entry("io.switchboard.audit.AuditService", "keeps what operators did"),
            entry("io.switchboard.isolation.IsolationService", "keeps what checks found"),
            entry("io.switchboard.conversations.ConversationQueue", "claims due conversations"),
            entry("io.switchboard.retrieval.ModelChange", "tells the operator how far tenants are with another model"),
            entry("io.switchboard.conversations.ReplyQueue", "claims due replies"),
            entry("io.switchboard.conversations.SendPace", "keeps numbers to their rates"),
            entry("io.switchboard.secrets.InstallationSecretsService", "keeps the installation's own data key"));

    private static final Set<String> SEES_ALL_TENANTS_PACKAGES =
            Set.of("io.switchboard.database", "io.switchboard.access", "io.switchboard.channels");

    @Test
    void features_depend_on_each_other_as_declared_and_without_cycles() {
        ApplicationModules modules = ApplicationModules.of(SwitchboardApplication.class);

        assertThat(modules.stream()).hasSizeGreaterThan(14);
        modules.verify();
    }

    @Test
    void every_package_is_null_marked() {
        Set<String> packages =
                ALL.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).hasSizeGreaterThan(18);
        assertThat(packages)
                .allSatisfy(name -> assertThat(ALL.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .as("package-info of %s with @NullMarked", name)
                        .isTrue());
    }

    @Test
    void no_package_lives_in_two_modules() {
        Map<String, Set<String>> places = ALL.stream()
                .filter(type -> type.getSource().isPresent())
                .collect(Collectors.groupingBy(
                        JavaClass::getPackageName,
                        Collectors.mapping(ArchitectureTest::module, Collectors.toCollection(TreeSet::new))));

        assertThat(places).hasSizeGreaterThan(18);
        assertThat(places)
                .allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
    }

    @Test
    void code_manners_hold() {
        List.of(
                        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS,
                        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS,
                        NO_CLASSES_SHOULD_USE_FIELD_INJECTION,
                        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING)
                .forEach(rule -> rule.check(ALL.that(describe(
                        "not the program's own console",
                        type -> !type.getFullName().startsWith("io.switchboard.SwitchboardApplication")
                                && !type.getPackageName().equals("io.switchboard.ingestion.parsing")))));
    }

    @Test
    void time_comes_from_the_clock() {
        noClasses().should().callMethod(Instant.class, "now").check(ALL);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.switchboard.installation")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(ALL);
    }

    @Test
    void transactions_are_opened_in_one_way() {
        noClasses().should().beAnnotatedWith(Transactional.class).check(ALL);
        methods().should().notBeAnnotatedWith(Transactional.class).check(ALL);
    }

    @Test
    void only_listed_classes_see_across_tenants() {
        Set<String> users = ALL.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> dependency.getTargetClass().isEquivalentTo(SystemDatabase.class)))
                .filter(type -> !SEES_ALL_TENANTS_PACKAGES.contains(type.getPackageName()))
                .map(JavaClass::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(users).isSubsetOf(SEES_ALL_TENANTS.keySet()).isNotEmpty();
    }

    /** Tables are made by migrations; what needs an extension, or comes and goes with a tenant's size, is the exception. */
    @Test
    void only_listed_packages_lay_out_tables_themselves() {
        noClasses()
                .that(not(resideInAnyPackage("io.switchboard.database", "io.switchboard.retrieval.pgvector")))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(SchemaOwner.class)
                .check(ALL);
    }

    @Test
    void services_take_the_tenant_first() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Service.class)
                .and()
                .arePublic()
                .should(takeTenantFirst())
                .check(ALL);
    }

    @Test
    void edges_are_package_private() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .notBePublic()
                .check(ALL);
        classes()
                .that()
                .areAnnotatedWith("com.vaadin.flow.router.Route")
                .should()
                .notBePublic()
                .check(ALL);
    }

    @Test
    void every_page_of_the_menu_has_a_place_of_its_own() {
        Map<Double, List<String>> places = ALL.stream()
                .filter(type -> type.isAnnotatedWith(Menu.class))
                .collect(Collectors.groupingBy(
                        type -> type.getAnnotationOfType(Menu.class).order(),
                        Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));

        assertThat(places).hasSizeGreaterThan(10);
        assertThat(places)
                .allSatisfy((order, pages) ->
                        assertThat(pages).as("order %s", order).hasSize(1));
    }

    @Test
    void libraries_stay_behind_their_adapters() {
        onlyIn("dev.langchain4j..", "io.switchboard.models");
        onlyIn("org.apache.lucene..", "io.switchboard.retrieval..");
        onlyIn("org.apache.tika..", "io.switchboard.ingestion.parsing..");
        onlyIn("com.google.crypto.tink..", "io.switchboard.secrets");
        onlyIn("io.jsonwebtoken..", "io.switchboard.security..");
        onlyIn("com.vaadin..", "io.switchboard.ui..", "io.switchboard.security..");
        onlyIn("com.google.zxing..", "io.switchboard.ui..");
        onlyIn("io.zonky..", "io.switchboard.database");
        onlyIn("io.qdrant..", "io.switchboard.retrieval.qdrant");
        onlyIn("io.grpc..", "io.switchboard.retrieval.qdrant");
    }

    /** Checklist: ASVS 1.3.6 (SSRF). Addresses that tenants typed are for the fetcher alone; the client of providers goes where the operator or a provider is. */
    @Test
    void only_the_fetcher_and_the_client_of_providers_open_connections() {
        DescribedPredicate<JavaClass> connections = resideInAnyPackage(
                        "java.net.http..",
                        "org.apache.hc..",
                        "org.springframework.web.client..",
                        "org.springframework.http.client..")
                .or(belongToAnyOf(
                        URLConnection.class,
                        HttpURLConnection.class,
                        Socket.class,
                        SocketChannel.class,
                        SSLSocket.class));

        noClasses()
                // The isolation check calls this very program.
                .that(not(resideInAnyPackage("io.switchboard.outbound", "io.switchboard.probing")))
                .should()
                .dependOnClassesThat(connections)
                .orShould()
                .callMethod(URL.class, "openStream")
                .orShould()
                .callMethod(URL.class, "openConnection")
                .check(ALL);
        noClasses()
                .that(not(resideInAnyPackage(
                        "io.switchboard.outbound", "io.switchboard.models", "io.switchboard.whatsapp..")))
                .should()
                .dependOnClassesThat(belongToAnyOf(ProviderClient.class))
                .check(ALL);
    }

    private static void onlyIn(String library, String... homes) {
        noClasses()
                .that(not(resideInAnyPackage(homes)))
                .should()
                .dependOnClassesThat(resideInAPackage(library))
                .allowEmptyShould(true)
                .check(ALL);
    }

    private static ArchCondition<JavaMethod> takeTenantFirst() {
        return new ArchCondition<>("take TenantId as first parameter if at all") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                List<JavaClass> parameters = method.getRawParameterTypes();
                int position =
                        parameters.stream().map(JavaClass::getName).toList().indexOf(TenantId.class.getName());
                boolean listener = method.getModifiers().contains(JavaModifier.SYNTHETIC);
                if (position > 0 && !listener) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " takes the tenant later"));
                }
            }
        };
    }

    /** The directory or jar that a class comes from. */
    private static String module(JavaClass type) {
        URI uri = type.getSource().map(Source::getUri).orElseThrow();
        String path = uri.toString();
        return path.substring(
                0, path.length() - type.getName().replace('.', '/').length() - ".class".length());
    }
}
