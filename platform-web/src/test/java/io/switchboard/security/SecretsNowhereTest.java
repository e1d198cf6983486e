package io.switchboard.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.Authenticator;
import io.switchboard.WebTest;
import io.switchboard.audit.Actor;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.UserId;
import io.switchboard.permissions.Role;
import io.switchboard.privacy.TenantExport;
import io.switchboard.world.MetaNumber;
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

/**
 * A credential that people entrust to us, or that we hand them, is found nowhere, byte by byte.
 *
 * <p>Checklist: ASVS 11.3.2 to 11.3.4, 13.3.1, 14.2.1, 16.2.5.
 */
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
        List<String> entrusted = List.of(token, secret, password);
        String bot = api.post("/api/v1/bots", Map.of("name", visible, "knowledgeBaseIds", List.of()))
                .text("id");

        ApiClient.Reply created = api.post(
                "/api/v1/channels", new MetaNumber(Long.toString(System.nanoTime()), token, secret).channel(bot));
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
                .allSatisfy(answer -> assertThat(answer.response().body()).doesNotContain(entrusted));
        assertThat(api.get(channel).response().body())
                .as("the last four characters tell tokens apart")
                .contains(token.substring(token.length() - 4));
        List<String> secrets = new ArrayList<>(entrusted);
        secrets.addAll(handedOut(owner));
        assertThat(secrets).hasSize(20).doesNotContainNull().allMatch(hidden -> hidden.length() > 9);
        assertThat(output.getAll()).doesNotContain(secrets);
        assertThat(export(owner.tenant().id())).contains(visible).doesNotContain(secrets);
        assertThat(filesWith(List.of(visible)))
                .as("the scan finds what is readable")
                .isNotEmpty();
        assertThat(filesWith(secrets)).isEmpty();
    }

    /** What opens a door, each used or shown once: a key, tokens, links, a second factor with its recovery codes. */
    private List<String> handedOut(SignedInOwner owner) {
        ApiClient api = owner.api();
        List<String> secrets = new ArrayList<>();
        secrets.add(api.post("/api/v1/api-keys", Map.of("name", "Website", "role", "EDITOR"))
                .text("key"));
        ApiClient.Reply login = anonymous()
                .post(
                        "/api/v1/auth/login",
                        Map.of("email", owner.owner().email().value(), "password", PASSWORD));
        secrets.add(login.text("accessToken"));
        secrets.add(login.text("refreshToken"));
        secrets.add(linkOf(
                api.post("/api/v1/invitations", Map.of("email", address("guest").value(), "role", "EDITOR"))));
        String member = newMember(owner.tenant(), Role.EDITOR).get("/api/v1/me").text("id");
        secrets.add(linkOf(api.post("/api/v1/members/" + member + "/password-reset")));
        Authenticator app = new Authenticator(api.post("/api/v1/me/two-factor").text("secret"));
        secrets.add(app.secret().replace(" ", ""));
        secrets.add(new String(app.key(), StandardCharsets.ISO_8859_1));
        ApiClient.Reply codes = api.post("/api/v1/me/two-factor/confirm", Map.of("code", app.code(0)));
        codes.json().path("recoveryCodes").forEach(code -> secrets.add(code.asString()));
        return secrets;
    }

    private static String linkOf(ApiClient.Reply offered) {
        return offered.text("path").replaceFirst(".*/", "");
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
    private List<Path> filesWith(List<String> texts) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(installation.dataDir())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("/postgres/server/"))
                    .toList()) {
                try {
                    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    if (texts.stream().anyMatch(content::contains)) {
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
