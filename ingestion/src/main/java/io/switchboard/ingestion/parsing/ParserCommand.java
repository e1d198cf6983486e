package io.switchboard.ingestion.parsing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the parser process is started: the Java we run on, our own class path, a small heap. */
record ParserCommand(ParserSettings settings, String mainClass) {

    List<String> line(Path temporary) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + settings.heap().toMegabytes() + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ActiveProcessorCount=1",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + temporary,
                "-Dfile.encoding=UTF-8",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider"));
        line.addAll(main());
        return line;
    }

    /** Inside the packaged program our classes are in nested jars, which only Spring Boot's launcher opens. */
    private List<String> main() {
        boolean plain = ClassLoader.getSystemResource(mainClass.replace('.', '/') + ".class") != null;
        return plain
                ? List.of("-cp", classPath(), mainClass)
                : List.of(
                        "-Dloader.main=" + mainClass,
                        "-cp",
                        classPath(),
                        "org.springframework.boot.loader.launch.PropertiesLauncher");
    }

    /** Absolute, since the process has a working directory of its own. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
