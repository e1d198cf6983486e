package io.switchboard.whatsapp.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.ApiClient;
import io.switchboard.WebTest;
import io.switchboard.whatsapp.UsesFakeProviders;
import io.switchboard.world.FakeMeta;
import io.switchboard.world.MetaNumber;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.test.context.ContextConfiguration;
import tools.jackson.databind.JsonNode;

/** A test with numbers at the stand-in for Meta. */
@ContextConfiguration(initializers = UsesFakeProviders.class)
public abstract class MetaTest extends WebTest {

    protected static final String APP_SECRET = MetaNumber.APP_SECRET;
    protected static final String ACCESS_TOKEN = MetaNumber.ACCESS_TOKEN;

    /** A channel made by API alone, with both of its ends. */
    protected record Line(
            SignedInOwner owner, String channelId, String botId, MetaWebhook webhook, FakeMeta.PhoneNumber number) {

        /** The id of the conversation that was written in last. */
        String conversation() {
            return owner.api().get("/api/v1/conversations").text("/items/0/id");
        }

        /** What was said in it, oldest first. */
        List<JsonNode> messages() {
            return owner.api()
                    .get("/api/v1/conversations/" + conversation() + "/messages")
                    .json()
                    .path("items")
                    .valueStream()
                    .toList();
        }
    }

    protected Line newLine(SignedInOwner owner, List<String> knowledgeBaseIds) {
        ApiClient.Reply bot = owner.api()
                .post(
                        "/api/v1/bots",
                        Map.of("name", "Front desk", "knowledgeBaseIds", knowledgeBaseIds, "mergeWaitMillis", 0));
        assertThat(bot.status()).as(bot.toString()).isEqualTo(201);
        MetaNumber number = MetaNumber.next();
        ApiClient.Reply channel = owner.api().post("/api/v1/channels", number.channel(bot.text("id")));
        assertThat(channel.status()).as(channel.toString()).isEqualTo(201);
        String path = URI.create(channel.text("webhookUrl")).getPath();
        return new Line(
                owner,
                channel.text("id"),
                bot.text("id"),
                new MetaWebhook(anonymous(), path, number.appSecret(), number.phoneNumberId()),
                FakeMeta.shared().number(number.phoneNumberId()));
    }

    protected static String newMessageId() {
        return "wamid." + UUID.randomUUID();
    }
}
