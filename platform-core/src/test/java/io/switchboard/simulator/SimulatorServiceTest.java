package io.switchboard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SwitchboardTest
class SimulatorServiceTest {

    @Autowired
    SimulatorService simulator;

    @Autowired
    SimulatorGateway gateway;

    @Autowired
    ChannelService channels;

    @Autowired
    BotService bots;

    @Autowired
    TenancyService tenancy;

    TenantId tenant;
    BotId bot;

    @BeforeEach
    void makeBot() {
        tenant = TestTenants.on(tenancy, "standard");
        bot = makeBot(tenant);
    }

    @Test
    void has_one_channel_for_a_bot_however_many_open_it_at_once() throws Exception {
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Channel>> opened = IntStream.range(0, 8)
                    .mapToObj(i -> many.submit(() -> simulator.channelFor(tenant, bot)))
                    .toList();

            for (Future<Channel> channel : opened) {
                assertThat(channel.get()).isEqualTo(opened.getFirst().get());
            }
        }
        assertThat(channels.list(tenant, PageRequest.first(10)).items())
                .singleElement()
                .satisfies(channel -> assertThat(channel.provider()).isEqualTo(ChannelProvider.SIMULATOR));
    }

    @Test
    void shows_visitors_what_they_wrote_and_nobody_elses_words() {
        ChannelId channel = simulator.channelFor(tenant, bot).id();

        simulator.write(tenant, channel, "ada", "When do you open?");
        simulator.write(tenant, channel, "ben", "Is there a lift?");

        assertThat(simulator.conversation(tenant, channel, "ada"))
                .filteredOn(message -> message.direction() == ThreadMessage.Direction.IN)
                .extracting(ThreadMessage::text)
                .containsExactly("When do you open?");
        assertThat(simulator.conversation(tenant, channel, "cleo")).isEmpty();
    }

    @Test
    void takes_the_same_words_twice_as_two_messages() {
        ChannelId channel = simulator.channelFor(tenant, bot).id();

        simulator.write(tenant, channel, "ada", "Hello?");
        simulator.write(tenant, channel, "ada", "Hello?");

        assertThat(simulator.conversation(tenant, channel, "ada"))
                .filteredOn(message -> message.direction() == ThreadMessage.Direction.IN)
                .hasSize(2);
    }

    @Test
    void accepts_every_reply_under_an_id_of_its_own() {
        Channel channel = simulator.channelFor(tenant, bot);
        OutboundText reply = new OutboundText(ReplyId.next(), "none:1", "ada", "At ten.");

        SendResult first = gateway.send(tenant, channel, reply);
        SendResult second = gateway.send(tenant, channel, reply);

        assertThat(first).isInstanceOf(SendResult.Accepted.class).isNotEqualTo(second);
    }

    @Test
    void refuses_words_that_no_phone_would_send() {
        ChannelId channel = simulator.channelFor(tenant, bot).id();

        for (String text : List.of("", "  ", "a\0b", "x".repeat(4097))) {
            assertThatIllegalArgumentException().isThrownBy(() -> simulator.write(tenant, channel, "ada", text));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> simulator.write(tenant, channel, "v".repeat(101), "Hi"));
        assertThat(simulator.conversation(tenant, channel, "ada")).isEmpty();
    }

    @Test
    void does_not_show_another_tenants_simulator() {
        ChannelId mine = simulator.channelFor(tenant, bot).id();
        simulator.write(tenant, mine, "ada", "When do you open?");
        TenantId stranger = TestTenants.on(tenancy, "standard");

        assertThat(simulator.conversation(stranger, mine, "ada")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> simulator.write(stranger, mine, "ada", "Hi"));
        assertThatIllegalArgumentException().isThrownBy(() -> simulator.channelFor(stranger, bot));
    }

    private BotId makeBot(TenantId owner) {
        BotDefinition definition =
                new BotDefinition("", "I do not know.", "Try later.", List.of(), Duration.ofMillis(0));
        return ((BotCreation.Saved) bots.create(owner, "Front desk", definition))
                .bot()
                .id();
    }
}
