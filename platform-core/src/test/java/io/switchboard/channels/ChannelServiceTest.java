package io.switchboard.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantStatus;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@SwitchboardTest
class ChannelServiceTest {

    @Autowired
    ChannelService channels;

    @Autowired
    BotService bots;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    TenantId tenant;
    BotId bot;

    @BeforeEach
    void makeTenant() {
        tenant = TestTenants.on(tenancy, "standard");
        bot = makeBot(tenant);
    }

    @Test
    void makes_a_channel_with_an_address_and_a_token_nobody_can_guess() {
        Channel first = create(meta(newNumber()));
        Channel second = create(meta(newNumber()));

        assertThat(first.key()).matches("[A-Za-z0-9_-]{22}").isNotEqualTo(second.key());
        assertThat(first.verifyToken()).matches("[A-Za-z0-9_-]{32}").isNotEqualTo(second.verifyToken());
        assertThat(first.status()).isEqualTo(ChannelStatus.ACTIVE);
        assertThat(channels.find(tenant, first.id())).contains(first);
    }

    @Test
    void gives_back_of_a_secret_its_last_characters_only() {
        Channel channel = create(meta(newNumber()));

        assertThat(channel.credentialHints())
                .containsEntry("accessToken", "7890")
                .containsEntry("appSecret", "");
        assertThat(channels.credential(tenant, channel.id(), "accessToken")).contains("EAAG-token-1234567890");
        assertThat(channels.credential(tenant, channel.id(), "appSecret")).contains("short");
        assertThat(channels.credential(tenant, channel.id(), "password")).isEmpty();
    }

    @Test
    void stores_no_secret_in_clear() {
        Channel channel = create(meta(newNumber()));

        List<String> stored = transactions.call(
                tenant,
                () -> jdbc.sql("""
                                select encode(ciphertext, 'escape') || channel::text from channel_credential
                                  join channel on channel.id = channel_id where channel_id = ?
                                """)
                        .param(channel.id().value())
                        .query(String.class)
                        .list());

        assertThat(stored).hasSize(2).noneMatch(row -> row.contains("EAAG-token") || row.contains("short"));
    }

    @ParameterizedTest
    @CsvSource({
        "phoneNumberId, +15550783881",
        "phoneNumberId, ''",
        "phoneNumberId,",
        "accessToken,",
        "accessToken, ' '",
        "accessToken, 'two words'",
        "appSecret,",
        "colour, red",
        "name, ''",
    })
    void refuses_what_the_provider_could_not_use_and_names_the_field(String field, String value) {
        Map<String, String> settings = new HashMap<>(Map.of("phoneNumberId", newNumber()));
        Map<String, String> credentials =
                new HashMap<>(Map.of("accessToken", "EAAG-token-1234567890", "appSecret", "short"));
        Map<String, String> changed = credentials.containsKey(field) ? credentials : settings;
        if (value == null) {
            changed.remove(field);
        } else if (!field.equals("name")) {
            changed.put(field, value);
        }
        String name = field.equals("name") ? value : "Main number";

        ChannelCreation result =
                channels.create(tenant, new NewChannel(ChannelProvider.META, name, bot, settings, credentials));

        assertThat(result)
                .isInstanceOfSatisfying(
                        ChannelCreation.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
        assertThat(channels.list(tenant, PageRequest.first(10)).items()).isEmpty();
    }

    @Test
    void drops_blanks_that_came_with_copying() {
        String number = newNumber();

        Channel channel = create(new NewChannel(
                ChannelProvider.META,
                " Main number ",
                bot,
                Map.of("phoneNumberId", " " + number + "\n"),
                Map.of("accessToken", " EAAG-token-1234567890\n", "appSecret", "short")));

        assertThat(channel.name()).isEqualTo("Main number");
        assertThat(channel.settings()).containsEntry("phoneNumberId", number);
        assertThat(channels.credential(tenant, channel.id(), "accessToken")).contains("EAAG-token-1234567890");
    }

    @Test
    void lets_one_channel_of_the_installation_claim_a_number() {
        String number = newNumber();
        create(meta(number));
        TenantId stranger = TestTenants.on(tenancy, "standard");
        BotId strangersBot = makeBot(stranger);

        ChannelCreation again = channels.create(
                stranger,
                new NewChannel(
                        ChannelProvider.META,
                        "Mine too",
                        strangersBot,
                        Map.of("phoneNumberId", number),
                        meta(number).credentials()));

        assertThat(again).isInstanceOfSatisfying(ChannelCreation.Invalid.class, invalid -> {
            assertThat(invalid.field()).isEqualTo("phoneNumberId");
            assertThat(invalid.message()).doesNotContain(tenant.toString());
        });
        assertThat(channels.list(stranger, PageRequest.first(10)).items()).isEmpty();
    }

    @Test
    void finds_a_channel_by_its_key_while_its_tenant_is_active() {
        Channel channel = create(meta(newNumber()));

        assertThat(channels.route(channel.key())).contains(new RoutedChannel(tenant, channel));
        assertThat(channels.route("nobody-knows-this-key")).isEmpty();

        tenancy.changeStatus(tenant, TenantStatus.SUSPENDED);

        assertThat(channels.route(channel.key())).isEmpty();
    }

    @Test
    void shows_the_routes_of_the_installation_to_no_tenant() {
        create(meta(newNumber()));

        assertThatThrownBy(() -> transactions.call(
                        tenant,
                        () -> jdbc.sql("select key from channel_route")
                                .query(String.class)
                                .list()))
                .hasStackTraceContaining("permission denied for table channel_route");
    }

    @Test
    void stops_and_resumes() {
        ChannelId id = create(meta(newNumber())).id();

        channels.stop(tenant, id, "Meta: the access token is not valid (190)");

        assertThat(channels.find(tenant, id)).hasValueSatisfying(stopped -> {
            assertThat(stopped.status()).isEqualTo(ChannelStatus.STOPPED);
            assertThat(stopped.statusReason()).contains("190");
        });

        channels.resume(tenant, id);

        assertThat(channels.find(tenant, id)).hasValueSatisfying(resumed -> {
            assertThat(resumed.status()).isEqualTo(ChannelStatus.ACTIVE);
            assertThat(resumed.statusReason()).isNull();
        });
    }

    @Test
    void resumes_with_a_new_credential_and_keeps_the_others() {
        ChannelId id = create(meta(newNumber())).id();
        channels.stop(tenant, id, "Meta: the access token is not valid (190)");

        Optional<ChannelCreation> changed = channels.change(
                tenant, id, new ChannelChange(null, null, Map.of("accessToken", "EAAG-new-token-4321")));

        assertThat(changed)
                .hasValueSatisfying(result -> assertThat(result)
                        .isInstanceOfSatisfying(ChannelCreation.Created.class, made -> {
                            assertThat(made.channel().name()).isEqualTo("Main number");
                            assertThat(made.channel().status()).isEqualTo(ChannelStatus.ACTIVE);
                            assertThat(made.channel().credentialHints()).containsEntry("accessToken", "4321");
                        }));
        assertThat(channels.credential(tenant, id, "accessToken")).contains("EAAG-new-token-4321");
        assertThat(channels.credential(tenant, id, "appSecret")).contains("short");
    }

    @Test
    void changes_the_pages_of_a_web_chat_and_never_the_number_of_a_channel() {
        NewChannel wanted = new NewChannel(
                ChannelProvider.WEBCHAT,
                "Our page",
                meta(newNumber()).bot(),
                Map.of("allowedOrigins", "https://www.example.org"),
                Map.of());
        ChannelId chat = create(wanted).id();
        Channel number = create(meta(newNumber()));

        assertThat(channels.change(tenant, chat, settings("allowedOrigins", "https://shop.example.org")))
                .hasValueSatisfying(made -> assertThat(
                                ((ChannelCreation.Created) made).channel().settings())
                        .containsEntry("allowedOrigins", "https://shop.example.org"));
        assertThat(channels.change(tenant, chat, settings("allowedOrigins", "shop.example.org/path")))
                .hasValueSatisfying(made -> assertThat(made).isInstanceOf(ChannelCreation.Invalid.class));
        assertThat(channels.change(tenant, number.id(), settings("phoneNumberId", newNumber())))
                .contains(
                        new ChannelCreation.Invalid("phoneNumberId", "cannot change: another one is another channel"));
        assertThat(channels.change(tenant, number.id(), settings("allowedOrigins", "https://www.example.org")))
                .contains(new ChannelCreation.Invalid("allowedOrigins", "is not known for provider meta"));
        assertThat(channels.find(tenant, number.id())).contains(number);
    }

    private static ChannelChange settings(String name, String value) {
        return new ChannelChange(null, null, Map.of(name, value), Map.of());
    }

    @Test
    void frees_the_number_of_a_deleted_channel() {
        String number = newNumber();
        Channel channel = create(meta(number));

        assertThat(channels.delete(tenant, channel.id())).isInstanceOf(ChannelDeletion.Deleted.class);

        assertThat(channels.route(channel.key())).isEmpty();
        assertThat(channels.delete(tenant, channel.id())).isInstanceOf(ChannelDeletion.UnknownChannel.class);
        assertThat(create(meta(number)).id()).isNotEqualTo(channel.id());
    }

    @Test
    void lists_channels_page_by_page() {
        for (int i = 0; i < 3; i++) {
            create(meta(newNumber()));
        }

        Slice<Channel> first = channels.list(tenant, PageRequest.first(2));
        Slice<Channel> second = channels.list(tenant, new PageRequest(2, first.next()));

        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).hasSize(1).doesNotContainAnyElementsOf(first.items());
        assertThat(second.next()).isNull();
    }

    @Test
    void does_not_show_another_tenants_channels() {
        Channel mine = create(meta(newNumber()));
        TenantId stranger = TestTenants.on(tenancy, "standard");

        assertThat(channels.find(stranger, mine.id())).isEmpty();
        assertThat(channels.list(stranger, PageRequest.first(10)).items()).isEmpty();
        assertThat(channels.credential(stranger, mine.id(), "accessToken")).isEmpty();
        assertThat(channels.change(stranger, mine.id(), new ChannelChange("Stolen", null, Map.of())))
                .isEmpty();
        assertThat(channels.delete(stranger, mine.id())).isInstanceOf(ChannelDeletion.UnknownChannel.class);
        channels.stop(stranger, mine.id(), "spite");
        assertThat(channels.find(tenant, mine.id())).contains(mine);
    }

    @Test
    void refuses_a_bot_of_another_tenant() {
        BotId strangersBot = makeBot(TestTenants.on(tenancy, "standard"));
        NewChannel wanted = meta(newNumber());

        ChannelCreation result = channels.create(
                tenant,
                new NewChannel(
                        ChannelProvider.META, "Main number", strangersBot, wanted.settings(), wanted.credentials()));

        assertThat(result).isEqualTo(new ChannelCreation.Invalid("botId", "names no bot"));
    }

    private Channel create(NewChannel channel) {
        return ((ChannelCreation.Created) channels.create(tenant, channel)).channel();
    }

    private NewChannel meta(String phoneNumberId) {
        return new NewChannel(
                ChannelProvider.META,
                "Main number",
                bot,
                Map.of("phoneNumberId", phoneNumberId),
                Map.of("accessToken", "EAAG-token-1234567890", "appSecret", "short"));
    }

    private BotId makeBot(TenantId owner) {
        BotDefinition definition =
                new BotDefinition("", "I do not know.", "Try later.", List.of(), Duration.ofMillis(250));
        return ((BotCreation.Saved) bots.create(owner, "Front desk", definition))
                .bot()
                .id();
    }

    private static String newNumber() {
        return Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000L, Long.MAX_VALUE));
    }
}
