package io.switchboard.whatsapp.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.Channel;
import io.switchboard.channels.FileType;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.conversations.FileLinks;
import io.switchboard.installation.InstallationSettings;
import io.switchboard.kernel.ReplyId;
import io.switchboard.whatsapp.UsesFakeProviders;
import io.switchboard.world.FakeTwilio;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Files to customers of a number at Twilio, which fetches them from us. */
class TwilioFileTest extends TwilioTest {

    private static final String CUSTOMER = "whatsapp:+4915550001";
    private static final byte[] PDF = "%PDF-1.7 prices".getBytes(StandardCharsets.UTF_8);

    @Autowired
    TwilioApi twilio;

    @Autowired
    TwilioSettings settings;

    @Autowired
    FileLinks links;

    Line line;
    String path;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
        line.webhook().text("SM" + UUID.randomUUID(), CUSTOMER, "What does it cost?");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(line.account().delivered()).hasSize(1));
        path = "/api/v1/conversations/"
                + line.owner().api().get("/api/v1/conversations").text("/items/0/id");
    }

    @Test
    void hands_twilio_a_link_that_gives_the_file_and_nothing_else() {
        ApiClient.Reply reply = line.owner().api().upload(path + "/reply", "Prices 2026.pdf", "application/pdf", PDF);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(line.account().delivered()).hasSize(2));
        FakeTwilio.Send sent = line.account().delivered().getLast();
        assertThat(sent.form()).doesNotContainKey("Body").containsKey("StatusCallback");
        assertThat(sent.form().get("MediaUrl")).startsWith(UsesFakeProviders.PUBLIC_URL + "/media/");
        String link = URI.create(sent.form().get("MediaUrl")).getPath();
        ApiClient.Reply file = anonymous().get(link);
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.response().body()).isEqualTo("%PDF-1.7 prices");
        assertThat(file.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(file.header("Content-Disposition")).startsWith("attachment;").contains("Prices");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.header("Set-Cookie")).isNull();
        for (String other : List.of("/media/", "/media", link + "/", link + "x", link + "/x", "/media/x")) {
            assertThat(anonymous().get(other).status()).as(other).isEqualTo(404);
        }
        assertThat(line.owner().api().delete(path + "/person").status()).isEqualTo(200);
        assertThat(anonymous().get(link).status())
                .as("after the customer was erased")
                .isEqualTo(404);
    }

    @Test
    void says_what_twilio_does_not_show_before_anything_is_stored() {
        ApiClient.Reply table = line.owner()
                .api()
                .upload(path + "/reply", "prices.csv", "text/csv", "a;b\n1;2\n".getBytes(StandardCharsets.UTF_8));

        assertThat(table.status()).as(table.toString()).isEqualTo(409);
        assertThat(table.text("detail")).contains("CSV", "Send it as a PDF");
        assertThat(line.owner().api().get(path + "/messages").json().path("items"))
                .hasSize(2);
    }

    @Test
    void names_the_setting_where_twilio_cannot_reach_us() {
        InstallationSettings hidden = new InstallationSettings(Path.of("data"), null, null, null, false, false);
        TwilioGateway gateway = new TwilioGateway(twilio, settings, hidden, links);
        Channel channel = storedChannel(line.owner(), line.channelId());

        SendResult result = gateway.sendFile(
                line.owner().tenant().id(),
                channel,
                new OutboundFile(
                        new OutboundText(ReplyId.next(), "r:1", CUSTOMER, ""),
                        new AttachedFile("a.pdf", FileType.PDF, PDF)));

        assertThat(gateway.fileRules().obstacle()).contains("SWITCHBOARD_PUBLIC_URL");
        assertThat(result).isInstanceOf(SendResult.Rejected.class);
        assertThat(line.account().requests()).hasSize(1);
    }
}
