package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.audit.Actor;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.privacy.TenantExport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** ASVS 13.3.1, 14.2.1, 16.2.5: a credential that a tenant entrusts to us is found nowhere, byte by byte. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsNowhereTest extends WebTest {

    @Autowired
    InstallationSettings installation;

    @Autowired
    TenantExport exports;

    @Test
    void keeps_no_token_readable_in_the_database_in_files_logs_answers_or_exports(CapturedOutput output)
            throws IOException {
        SignedInOwner owner = newTenant();
        ApiClient api = owner.api();
        String token = canary("EAAG");
        String secret = canary("app");
        String visible = canary("plain");
        String password = canary("pass");
        List<String> secrets = List.of(token, secret, password);
        String bot = api.post("/api/v1/bots", Map.of("name", visible, "knowledgeBaseIds", List.of()))
                .text("id");

        ApiClient.Reply created = api.post(
                "/api/v1/channels",
                Map.of(
                        "provider",
                        "meta",
                        "name",
                        "Main number",
                        "botId",
                        bot,
                        "phoneNumberId",
                        Long.toString(System.nanoTime()),
                        "accessToken",
                        token,
                        "appSecret",
                        secret));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        String channel = "/api/v1/channels/" + created.text("id");
        List<ApiClient.Reply> answers =
                new ArrayList<>(List.of(created, api.get(channel), api.get("/api/v1/channels")));
        answers.add(api.patch(channel, Map.of("name", "Renamed", "accessToken", token, "appSecret", secret)));
        answers.add(api.patch(channel, Map.of("accessToken", token, "unknown", 1)));
        answers.add(api.post(
                "/api/v1/members",
                Map.of(
                        "email",
                        UUID.randomUUID() + "@example.org",
                        "name",
                        "Mia",
                        "password",
                        password,
                        "role",
                        "AGENT")));
        answers.add(
                anonymous().post("/api/v1/auth/login", Map.of("email", "nobody@example.org", "password", password)));
        answers.add(anonymous().post("/api/v1/auth/login", "{\"email\":\"x\",\"password\":\"" + password + "\""));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.response().body()).doesNotContain(secrets));
        assertThat(api.get(channel).response().body())
                .as("the last four characters tell tokens apart")
                .contains(token.substring(token.length() - 4));
        assertThat(output.getAll()).doesNotContain(secrets);
        assertThat(export(owner.tenant().id())).contains(visible).doesNotContain(secrets);
        assertThat(filesWith(visible)).as("the scan finds what is readable").isNotEmpty();
        for (String hidden : secrets) {
            assertThat(filesWith(hidden)).isEmpty();
        }
    }

    private static String canary(String kind) {
        return kind + UUID.randomUUID().toString().replace("-", "");
    }

    private String export(TenantId tenant) throws IOException {
        Path file = exports.write(tenant, new Actor(UserId.next(), "Test"));
        StringBuilder text = new StringBuilder();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                text.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(file);
        }
        return text.toString();
    }

    /** The database's own files with its log of changes, uploads, index: all that a stolen disk or backup has. */
    private List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(installation.dataDir())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/postgres/server/"))
                    .toList()) {
                try {
                    if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                        found.add(file);
                    }
                } catch (NoSuchFileException _) {
                    // the database tidies up meanwhile
                }
            }
        }
        return found;
    }
}
