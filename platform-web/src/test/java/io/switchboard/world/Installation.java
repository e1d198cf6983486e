package io.switchboard.world;

import static org.awaitility.Awaitility.await;

import io.switchboard.ApiClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Sets a running program up as its operator and its tenants would, through the API alone. */
public final class Installation {

    public static final String OPERATOR = "operator@switchboard.example";
    public static final String PASSWORD = "correct horse battery staple";

    /** What the handbook of every tenant here answers. */
    public static final String QUESTION = "When is the museum open on Sundays?";

    private static final String HANDBOOK = """
            # Visitor handbook

            ## Opening hours
            The museum is open on Sundays from 11:00 to 18:00. On Tuesdays to Saturdays it is open from 10:00 to 17:00.
            The museum is closed on Mondays and on public holidays.

            ## Tickets
            A day ticket costs 12 euros, reduced 7 euros. Children under six pay nothing. Tickets are sold at the desk and online.

            ## Getting here
            Tram line 4 stops at Harbour Square, two minutes on foot from the entrance. There is no car park.
            """;

    private final Program program;
    private final ApiClient operator;

    private Installation(Program program) {
        this.program = program;
        this.operator = program.signIn(OPERATOR, PASSWORD);
    }

    /** The settings that make the first operator, and let the world stand in for Meta, with numbers of the highest throughput it grants. */
    public static Map<String, String> settings(FakeMeta meta) {
        return Map.of(
                "SWITCHBOARD_OPERATOR_EMAIL",
                OPERATOR,
                "SWITCHBOARD_OPERATOR_PASSWORD",
                PASSWORD,
                "SWITCHBOARD_META_BASE_URL",
                meta.baseUrl(),
                "SWITCHBOARD_META_MESSAGES_PER_SECOND",
                "1000");
    }

    /** Of a program that is healthy and was started with {@link #settings}. */
    public static Installation of(Program program) {
        return new Installation(program);
    }

    /**
     * A tenant with one bot that has read one document and answers every message by itself.
     *
     * @param api of its owner
     * @param slug also its name
     */
    public record Tenant(ApiClient api, String slug, String botId) {}

    /** With whose address, and {@link #PASSWORD}, to sign in to that tenant. */
    public static String owner(String slug) {
        return "owner@" + slug + ".example";
    }

    /** Makes a tenant of the unlimited plan, with a knowledge base, a document and a bot. */
    public Tenant newTenant(String slug) {
        String owner = owner(slug);
        created(operator.post(
                "/api/v1/tenants",
                Map.of(
                        "name",
                        slug,
                        "slug",
                        slug,
                        "plan",
                        "unlimited",
                        "owner",
                        Map.of("email", owner, "password", PASSWORD))));
        ApiClient api = program.signIn(owner, PASSWORD);
        String knowledge = created(api.post("/api/v1/knowledge-bases", Map.of("name", "Handbook", "language", "en")))
                .text("id");
        String document = created(api.upload(
                        "/api/v1/knowledge-bases/" + knowledge + "/documents",
                        "handbook.md",
                        "text/markdown",
                        HANDBOOK.getBytes(StandardCharsets.UTF_8)))
                .text("id");
        await().atMost(Duration.ofMinutes(2)).until(() -> isReady(api, document));
        String bot = created(api.post(
                        "/api/v1/bots",
                        Map.of(
                                "name",
                                "Front desk",
                                "knowledgeBaseIds",
                                List.of(knowledge),
                                "instructions",
                                "You are the front desk of a museum. Be short.",
                                "mergeWaitMillis",
                                0)))
                .text("id");
        return new Tenant(api, slug, bot);
    }

    private static boolean isReady(ApiClient api, String document) {
        ApiClient.Reply reply = api.get("/api/v1/documents/" + document);
        String status = reply.text("status");
        if (reply.status() != 200 || status.equals("FAILED")) {
            throw new AssertionError("the handbook could not be read: " + reply);
        }
        return status.equals("READY");
    }

    /** Gives a tenant's bot a number at Meta. */
    public MetaLine newLine(Tenant tenant, String phoneNumberId) {
        String secret = "secret-of-" + phoneNumberId;
        ApiClient.Reply channel = created(tenant.api()
                .post(
                        "/api/v1/channels",
                        new MetaNumber(phoneNumberId, "token-of-" + phoneNumberId, secret).channel(tenant.botId())));
        return new MetaLine(URI.create(channel.text("webhookUrl")), phoneNumberId, secret)
                .at(program.launch().port());
    }

    private static ApiClient.Reply created(ApiClient.Reply reply) {
        if (reply.status() / 100 != 2) {
            throw new AssertionError("the program refused: " + reply);
        }
        return reply;
    }
}
