package io.switchboard.whatsapp.waha;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.Channel;
import io.switchboard.channels.FileType;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ReplyId;
import io.switchboard.world.FakeWaha;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** Files to customers of a WAHA. */
class WahaFileTest extends WahaTest {

    @Autowired
    WahaGateway gateway;

    Line line;

    @BeforeEach
    void openLine() {
        line = newLine(newTenant());
    }

    @ParameterizedTest
    @CsvSource({"JPEG, a.jpg, /api/sendImage, image/jpeg", "CSV, a.csv, /api/sendFile, text/csv"})
    void sends_pictures_and_other_files_by_their_own_ways(FileType type, String name, String path, String mediaType) {
        SendResult result = send("Here", new AttachedFile(name, type, new byte[] {1, 2, 3}));

        FakeWaha.Send sent = line.session().requests().getFirst();
        assertThat(result).isEqualTo(new SendResult.Accepted(sent.id()));
        assertThat(sent.path()).isEqualTo(path);
        assertThat(sent.to()).isEqualTo("4915550001@c.us");
        assertThat(sent.body().path("id").asString()).isEqualTo(sent.id());
        assertThat(sent.body().path("caption").asString()).isEqualTo("Here");
        assertThat(sent.body().path("file")).isEqualTo(JsonMapper.shared().readTree("""
                {"mimetype": "%s", "filename": "%s", "data": "AQID"}
                """.formatted(mediaType, name)));
    }

    @ParameterizedTest
    @CsvSource({
        "422, The feature is available only in Plus version for WEBJS engine, WAHA Plus",
        "501, not implemented, engine",
        "413, request entity too large, larger"
    })
    void says_plainly_that_this_waha_sends_no_files(int status, String said, String told) {
        line.session().script(new FakeWaha.Answer.Refuse(status, "{\"message\":\"" + said + "\"}"));

        SendResult result = send("", new AttachedFile("a.pdf", FileType.PDF, new byte[] {1}));

        assertThat(result)
                .isInstanceOfSatisfying(
                        SendResult.Rejected.class,
                        rejected -> assertThat(rejected.reason()).contains(told));
    }

    @Test
    void waits_for_a_session_that_does_not_work_just_now() {
        line.session().script(new FakeWaha.Answer.Refuse(422, "{\"error\":\"Session status is not as expected\"}"));

        assertThat(send("", new AttachedFile("a.pdf", FileType.PDF, new byte[] {1})))
                .isInstanceOf(SendResult.Throttled.class);
        assertThat(line.session().requests().getFirst().body().has("caption")).isFalse();
    }

    private SendResult send(String caption, AttachedFile file) {
        Channel channel = storedChannel(line.owner(), line.channelId());
        ReplyId reply = ReplyId.next();
        return gateway.sendFile(
                line.owner().tenant().id(),
                channel,
                new OutboundFile(new OutboundText(reply, reply + ":1", "4915550001@c.us", caption), file));
    }
}
