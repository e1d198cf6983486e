package io.switchboard.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.kernel.TenantId;
import io.switchboardtest.TestTenants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A tenant's data, handed out.
 *
 * <p>Checklist: data of people and organisations.
 */
class TenantExportTest extends PrivacyTest {

    @Autowired
    TenantExport exports;

    @Test
    void exports_a_tenant_without_its_secrets_and_nothing_of_others() throws IOException {
        handbook(tenant, "The handbook says " + canary + ".");
        channels.meta(tenant, bot);
        String token = transactions.call(
                tenant,
                () -> jdbc.sql("select verify_token from channel where tenant_id = ? and provider = 'META'")
                        .param(tenant.value())
                        .query(String.class)
                        .single());
        attach(talk("ann", "Hello"), "offer.txt", "An offer for Ann");
        TenantId other = TestTenants.on(tenancy, "standard");

        Path file = exports.write(tenant, OLIVIA);

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .contains("README.txt", "tables/inbox.jsonl", "tables/document.jsonl")
                    .doesNotContain("tables/channel_credential.jsonl", "tables/tenant_keyset.jsonl")
                    .anyMatch(name -> name.startsWith("files/"))
                    .anyMatch(name -> name.startsWith("sent/"));
            String everything = zip.stream()
                    .map(entry -> {
                        try {
                            return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .collect(Collectors.joining());
            assertThat(everything)
                    .contains(canary, "Hello", "offer.txt", "An offer for Ann")
                    .doesNotContain(token, other.toString(), "ciphertext", "keyset");
        } finally {
            Files.delete(file);
        }
    }
}
