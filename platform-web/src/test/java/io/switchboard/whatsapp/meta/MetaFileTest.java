package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.Channel;
import io.switchboard.channels.FileType;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.FakeUploads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files to customers of a number at Meta, from the request of a person to the message, and what may go wrong between. */
class MetaFileTest extends MetaTest {

    private static final byte[] PDF = "%PDF-1.7\r\n--\r\nbytes \u00ff".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] JPEG =
            new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0};

    @Autowired
    MetaGateway gateway;

    Line line;
    TenantId tenant;
    Channel channel;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant(), List.of());
        tenant = line.owner().tenant().id();
        channel = storedChannel(line.owner(), line.channelId());
    }

    @Test
    void uploads_a_document_and_names_it_in_the_message() {
        SendResult result = send("Our offer", new AttachedFile("Angebot für Ann.pdf", FileType.PDF, PDF));

        FakeUploads.Upload upload = line.number().uploads().all().getFirst();
        assertThat(upload.type()).isEqualTo("application/pdf");
        assertThat(upload.content()).isEqualTo(PDF);
        FakeMeta.Send sent = line.number().requests().getFirst();
        assertThat(result).isEqualTo(new SendResult.Accepted(sent.messageId()));
        assertThat(sent.body()).isEqualTo(JsonMapper.shared().readTree("""
                {"messaging_product": "whatsapp", "recipient_type": "individual", "to": "4915550001", "type": "document",
                 "document": {"id": "%s", "caption": "Our offer", "filename": "Angebot für Ann.pdf"},
                 "biz_opaque_callback_data": "reply:1"}
                """.formatted(upload.id())));
    }

    @Test
    void sends_a_picture_without_words_and_a_table_as_text() {
        send("", new AttachedFile("a.jpg", FileType.JPEG, JPEG));
        send("", new AttachedFile("a.csv", FileType.CSV, "a;b".getBytes(StandardCharsets.UTF_8)));

        List<FakeUploads.Upload> uploads = line.number().uploads().all();
        assertThat(uploads).extracting(FakeUploads.Upload::type).containsExactly("image/jpeg", "text/plain");
        assertThat(line.number().requests())
                .extracting(sent -> sent.body().path(sent.body().path("type").asString()))
                .containsExactly(
                        JsonMapper.shared()
                                .readTree("{\"id\": \"" + uploads.getFirst().id() + "\"}"),
                        JsonMapper.shared()
                                .readTree("{\"id\": \"" + uploads.getLast().id() + "\", \"filename\": \"a.csv\"}"));
    }

    @Test
    void sends_nothing_and_tries_again_where_the_upload_fails() {
        line.number()
                .uploads()
                .script(
                        new FakeMeta.Answer.Refuse(500, "<html>"),
                        new FakeMeta.Answer.Refuse(504, "<html>"),
                        FakeMeta.Answer.error(503, 2),
                        FakeMeta.Answer.error(400, 131053),
                        new FakeMeta.Answer.AcceptAndBreak(),
                        new FakeMeta.Answer.Refuse(200, "{}"));

        for (int i = 0; i < 6; i++) {
            assertThat(send("", new AttachedFile("a.pdf", FileType.PDF, PDF)))
                    .as("upload " + i)
                    .isInstanceOf(SendResult.Throttled.class);
        }

        assertThat(line.number().requests()).isEmpty();
        assertThat(send("", new AttachedFile("a.pdf", FileType.PDF, PDF))).isInstanceOf(SendResult.Accepted.class);
        assertThat(line.number().delivered()).hasSize(1);
    }

    @Test
    void knows_an_upload_that_will_never_be_taken() {
        line.number()
                .uploads()
                .script(
                        FakeMeta.Answer.error(400, 100),
                        new FakeMeta.Answer.Refuse(
                                401,
                                "{\"error\": {\"code\": 190, \"message\": \"Malformed token " + ACCESS_TOKEN + "\"}}"));

        assertThat(send("", new AttachedFile("a.pdf", FileType.PDF, PDF))).isInstanceOf(SendResult.Rejected.class);
        SendResult locked = send("", new AttachedFile("a.pdf", FileType.PDF, PDF));
        assertThat(locked).isInstanceOf(SendResult.ChannelStopped.class);
        assertThat(locked.toString()).doesNotContain(ACCESS_TOKEN);
        assertThat(line.number().requests()).isEmpty();
    }

    @Test
    void goes_from_a_persons_request_to_the_customer_in_order_and_once() {
        String path = conversation();
        ApiClient owner = line.owner().api();
        line.number().uploads().script(new FakeMeta.Answer.Refuse(500, "<html>"));

        ApiClient.Reply reply = owner.upload(path + "/reply", "prices.jpg", "text/html", JPEG);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(202);
        assertThat(owner.post(path + "/reply", Map.of("text", "Here you are.")).status())
                .isEqualTo(202);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(line.number().delivered()).hasSize(3));
        assertThat(line.number().delivered())
                .extracting(sent -> sent.body().path("type").asString())
                .containsExactly("text", "image", "text");
        assertThat(line.number().uploads().all()).hasSize(2);
        JsonNode message = owner.get(path + "/messages").json().path("items").get(2);
        assertThat(message.path("file")).isEqualTo(JsonMapper.shared().readTree("""
                {"name": "prices.jpg", "mediaType": "image/jpeg", "size": 11}
                """));
        ApiClient.Reply file = owner.get(path + "/messages/" + reply.text("id") + "/file");
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(file.header("Content-Disposition")).startsWith("attachment;").contains("prices.jpg");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(newTenant()
                        .api()
                        .get(path + "/messages/" + reply.text("id") + "/file")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void is_not_sent_again_when_meta_took_it_and_said_so_by_a_status_only() {
        String path = conversation();
        line.number().script(new FakeMeta.Answer.AcceptAndBreak());

        line.owner().api().upload(path + "/reply", "prices.jpg", "image/jpeg", JPEG);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(line.number().delivered()).hasSize(2));
        FakeMeta.Send taken = line.number().delivered().getLast();
        line.webhook().status(taken, "delivered");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(line.owner()
                                .api()
                                .get(path + "/messages")
                                .json()
                                .path("items")
                                .get(2)
                                .path("status")
                                .asString())
                        .isEqualTo("DELIVERED"));
        assertThat(line.number().delivered()).hasSize(2);
    }

    @Test
    void says_what_is_wrong_with_a_file_before_anything_is_stored() {
        String path = conversation();
        ApiClient owner = line.owner().api();

        assertThat(owner.upload(path + "/reply", "a.exe", "image/jpeg", JPEG).text("/errors/0/field"))
                .isEqualTo("file");
        assertThat(owner.upload(
                                path + "/reply",
                                "a.txt",
                                "text/plain",
                                "<html><body>x".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
        ApiClient.Reply tooLarge =
                owner.upload(path + "/reply", "a.jpg", "image/jpeg", Arrays.copyOf(JPEG, FileType.LARGEST_PICTURE + 1));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.text("detail")).contains("5 MB", "Make it smaller");
        assertThat(owner.upload(path + "/reply", "a.pdf", "application/pdf", Arrays.copyOf(PDF, 10_000_001))
                        .status())
                .isEqualTo(413);
        assertThat(owner.get(path + "/messages").json().path("items")).hasSize(2);
        assertThat(newTenant()
                        .api()
                        .upload(path + "/reply", "a.jpg", "image/jpeg", JPEG)
                        .status())
                .isEqualTo(404);
    }

    private String conversation() {
        line.webhook().text(newMessageId(), "4915550001", "What does it cost?");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(line.number().delivered()).hasSize(1));
        return "/api/v1/conversations/"
                + line.owner().api().get("/api/v1/conversations").text("/items/0/id");
    }

    private SendResult send(String caption, AttachedFile file) {
        return gateway.sendFile(
                tenant,
                channel,
                new OutboundFile(new OutboundText(ReplyId.next(), "reply:1", "4915550001", caption), file));
    }
}
