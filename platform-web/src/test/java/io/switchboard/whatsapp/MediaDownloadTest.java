package io.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.MediaFetch;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.world.FakeFiles;
import io.switchboard.world.FakeFiles.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bug class "media": chatwoot#9809, trinity#1932, twilio-python#840. */
class MediaDownloadTest {

    private static final byte[] CONTENT = "sound".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, String> CREDENTIALS =
            Map.of("Authorization", "Bearer secret", "X-Api-Key", "secret");
    private static final int LONGEST = 1000;

    private final FakeFiles provider = FakeFiles.start();
    private final FakeFiles storage = FakeFiles.start();

    @AfterEach
    void close() {
        provider.close();
        storage.close();
    }

    @Test
    void fetches_with_the_credentials() {
        FakeFiles.File file = provider.add(CONTENT);

        assertThat(fetched(download(true).fromProvider(file.address(), CREDENTIALS)))
                .isEqualTo(CONTENT);

        assertThat(file.requests().getFirst()).containsEntry("authorization", "Bearer secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void follows_to_another_host_without_the_credentials(int status) {
        FakeFiles.File file = storage.add(CONTENT);
        FakeFiles.File sending = provider.add(CONTENT).script(new Answer.SendOn(status, file.address()));

        assertThat(fetched(download(true).fromProvider(sending.address(), CREDENTIALS)))
                .isEqualTo(CONTENT);

        assertThat(file.requests()).hasSize(1);
        assertThat(file.requests().getFirst()).doesNotContainKeys("authorization", "x-api-key");
    }

    @Test
    void follows_to_no_network_that_is_closed_to_strangers() {
        FakeFiles.File inside = storage.add(CONTENT);
        FakeFiles.File sending = provider.add(CONTENT).script(new Answer.SendOn(302, inside.address()));

        assertThat(download(false).fromProvider(sending.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Missing.class);

        assertThat(inside.requests()).isEmpty();
    }

    @Test
    void ends_a_chain_of_redirects_and_goes_to_no_other_protocol() {
        FakeFiles.File round = provider.add(CONTENT);
        for (int i = 0; i < 10; i++) {
            round.script(new Answer.SendOn(302, round.address()));
        }
        FakeFiles.File local = provider.add(CONTENT).script(new Answer.SendOn(302, URI.create("file://x/etc/passwd")));

        assertThat(download(true).fromProvider(round.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Missing.class);
        assertThat(round.requests()).hasSizeLessThan(6);
        assertThat(download(true).fromProvider(local.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Missing.class);
    }

    @Test
    void follows_no_tenants_host_at_all() {
        FakeFiles.File file = storage.add(CONTENT);
        FakeFiles.File sending = provider.add(CONTENT).script(new Answer.SendOn(302, file.address()));

        assertThat(download(true).fromTenant(sending.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Missing.class);

        assertThat(file.requests()).isEmpty();
    }

    @Test
    void stops_at_its_limits_of_size_and_of_time() {
        FakeFiles.File large = provider.add(new byte[LONGEST + 1]);
        FakeFiles.File endless = provider.add(CONTENT).script(new Answer.NeverEnd());
        MediaDownload hasty = new MediaDownload(settings(true), Duration.ofMillis(500), LONGEST * LONGEST);

        assertThat(download(true).fromProvider(large.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Missing.class);
        assertThat(fetched(download(true)
                        .fromProvider(provider.add(new byte[LONGEST]).address(), CREDENTIALS)))
                .hasSize(LONGEST);
        assertThat(hasty.fromProvider(endless.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Unavailable.class);
    }

    @Test
    void tells_what_may_pass_from_what_has_expired() {
        FakeFiles.File file = provider.add(CONTENT)
                .script(
                        new Answer.Refuse(503),
                        new Answer.Refuse(429),
                        new Answer.Cut(),
                        new Answer.Refuse(404),
                        new Answer.Refuse(400));
        MediaDownload download = download(true);

        for (int i = 0; i < 3; i++) {
            assertThat(download.fromProvider(file.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Unavailable.class);
        }
        assertThat(download.fromProvider(file.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Expired.class);
        assertThat(download.fromProvider(file.address(), CREDENTIALS)).isInstanceOf(MediaFetch.Missing.class);
        assertThat(fetched(download.fromProvider(file.address(), CREDENTIALS))).isEqualTo(CONTENT);
    }

    private static byte[] fetched(MediaFetch outcome) {
        assertThat(outcome).isInstanceOf(MediaFetch.Fetched.class);
        return ((MediaFetch.Fetched) outcome).content();
    }

    private static MediaDownload download(boolean privateNetworks) {
        return new MediaDownload(settings(privateNetworks), Duration.ofSeconds(30), LONGEST);
    }

    private static InstallationSettings settings(boolean privateNetworks) {
        return new InstallationSettings(Path.of("data"), null, null, null, false, privateNetworks);
    }
}
