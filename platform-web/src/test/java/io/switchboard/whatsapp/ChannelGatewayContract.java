package io.switchboard.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.bots.BotDefinition;
import io.switchboard.channels.AttachedFile;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.FileType;
import io.switchboard.channels.FilledTemplate;
import io.switchboard.channels.OutboundChoices;
import io.switchboard.channels.OutboundFile;
import io.switchboard.channels.OutboundTemplate;
import io.switchboard.channels.OutboundText;
import io.switchboard.channels.SendResult;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every way out promises, whoever is at its end. */
public interface ChannelGatewayContract {

    AttachedFile PICTURE =
            new AttachedFile("prices.jpg", FileType.JPEG, new byte[] {(byte) 0xFF, (byte) 0xD8, 13, 10, 45, 45});

    /** How the provider answers the next request to send. */
    enum Weather {
        /** It is asked to come again later, and has not taken anything. */
        BUSY,
        /** It knows that this message will never go. */
        NEVER,
        /** It does not accept our secret. */
        LOCKED,
        /** It takes the message, and the connection breaks before it says so. */
        BROKEN,
        /** It takes the message and says nothing. */
        SILENT
    }

    ChannelGateway gateway();

    /** One that reaches for an address where nobody listens. */
    ChannelGateway unreachable();

    TenantId tenant();

    Channel channel();

    /** An address as a customer's message carries it. */
    String customer();

    /** All secrets of the channel, none of which may be told. */
    List<String> secrets();

    void next(Weather... weather);

    /** Texts in requests to send, refused ones too. */
    List<String> requested();

    /** Texts that a customer has got, with the provider's ids. */
    List<Delivered> delivered();

    record Delivered(String id, String text) {}

    /** True if the provider can be asked what it took. */
    boolean remembers();

    /** True if a choice can be pressed. */
    default boolean hasButtons() {
        return false;
    }

    /** True if the provider has templates. */
    default boolean hasTemplates() {
        return false;
    }

    /** One that the provider has. */
    default FilledTemplate template() {
        return new FilledTemplate("welcome", "en", List.of());
    }

    private SendResult send(String text) {
        return gateway().send(tenant(), channel(), message(text));
    }

    private OutboundText message(String text) {
        return new OutboundText(ReplyId.next(), ReplyId.next() + ":1", customer(), text);
    }

    @Test
    default void tells_the_providers_id_of_what_it_sent() {
        SendResult result = send("We open at ten. 🙂 *Bold* & more");

        assertThat(delivered()).singleElement().satisfies(sent -> {
            assertThat(result).isEqualTo(new SendResult.Accepted(sent.id()));
            assertThat(sent.text()).isEqualTo("We open at ten. 🙂 *Bold* & more");
        });
    }

    @Test
    default void sends_choices_as_buttons_or_as_numbers() {
        OutboundChoices choices = choices(List.of("Prices", "Opening hours"));

        assertThat(gateway().sendChoices(tenant(), channel(), choices)).isInstanceOf(SendResult.Accepted.class);
        assertThat(gateway().showsChoices(choices)).isEqualTo(hasButtons());
        if (!hasButtons()) {
            assertThat(requested()).containsExactly("What next?\n\n1. Prices\n2. Opening hours");
        }
    }

    @Test
    default void sends_as_many_choices_as_a_bot_may_offer() {
        OutboundChoices choices = choices(IntStream.rangeClosed(1, BotDefinition.MAX_QUICK_REPLIES)
                .mapToObj(number ->
                        ("Room " + number + ": ").repeat(20).substring(0, BotDefinition.MAX_QUICK_REPLY_LENGTH))
                .toList());

        assertThat(gateway().sendChoices(tenant(), channel(), choices)).isInstanceOf(SendResult.Accepted.class);
        assertThat(gateway().showsChoices(choices)).isEqualTo(hasButtons());
        if (!hasButtons()) {
            assertThat(requested())
                    .singleElement()
                    .satisfies(text -> assertThat(text)
                            .contains("\n10. Room 10: ")
                            .hasSizeLessThan(gateway().maxTextLength()));
        }
    }

    private OutboundChoices choices(List<String> texts) {
        return new OutboundChoices(message("What next?"), texts, "See suggestions");
    }

    @Test
    default void sends_a_template_or_refuses_it_before_anything_leaves() {
        SendResult result =
                gateway().sendTemplate(tenant(), channel(), new OutboundTemplate(message("Welcome!"), template()));

        assertThat(result).isInstanceOf(hasTemplates() ? SendResult.Accepted.class : SendResult.Rejected.class);
        assertThat(requested()).hasSize(hasTemplates() ? 1 : 0);
    }

    @Test
    default void sends_a_file() {
        SendResult result = sendFile("Our prices");

        assertThat(gateway().fileRules().captions()).containsKeys(FileType.JPEG, FileType.PDF);
        assertThat(delivered())
                .singleElement()
                .satisfies(sent -> assertThat(result).isEqualTo(new SendResult.Accepted(sent.id())));
    }

    @Test
    default void sends_a_file_once_whatever_happens_and_knows_what_became_of_it() {
        next(Weather.BUSY, Weather.NEVER, Weather.LOCKED, Weather.BROKEN);

        assertThat(sendFile("One")).isInstanceOf(SendResult.Throttled.class);
        assertThat(sendFile("Two")).isInstanceOf(SendResult.Rejected.class);
        assertThat(sendFile("Three")).isInstanceOf(SendResult.ChannelStopped.class);
        assertThat(sendFile("Four")).isInstanceOf(SendResult.Unclear.class);
        assertThat(requested()).hasSize(4);
        assertThat(delivered()).hasSize(1);
    }

    @Test
    default void knows_that_no_file_left_where_nobody_listens() {
        OutboundFile file = new OutboundFile(message(""), PICTURE);

        assertThat(unreachable().sendFile(tenant(), channel(), file)).isInstanceOf(SendResult.Throttled.class);
    }

    @Test
    default void finds_a_file_without_words_that_the_provider_took_without_telling() {
        Instant before = Instant.now();
        next(Weather.BROKEN);
        sendFile("");
        send("Something else");

        Optional<List<String>> taken = gateway().findSent(tenant(), channel(), message(""), before);

        assertThat(taken)
                .isEqualTo(
                        remembers() ? Optional.of(List.of(delivered().getFirst().id())) : Optional.empty());
    }

    private SendResult sendFile(String caption) {
        return gateway().sendFile(tenant(), channel(), new OutboundFile(message(caption), PICTURE));
    }

    @Test
    default void knows_what_is_worth_another_try_and_what_is_not() {
        next(Weather.BUSY, Weather.NEVER, Weather.LOCKED);

        assertThat(send("One")).isInstanceOf(SendResult.Throttled.class);
        assertThat(send("Two")).isInstanceOf(SendResult.Rejected.class);
        assertThat(send("Three")).isInstanceOf(SendResult.ChannelStopped.class);
        assertThat(delivered()).isEmpty();
    }

    @Test
    default void tries_once_whatever_happens() {
        next(Weather.BUSY, Weather.BROKEN, Weather.NEVER, Weather.LOCKED);

        List.of("One", "Two", "Three", "Four").forEach(this::send);

        assertThat(requested()).containsExactly("One", "Two", "Three", "Four");
    }

    @Test
    default void does_not_know_what_became_of_a_send_without_an_answer() {
        next(Weather.BROKEN, Weather.SILENT);

        assertThat(send("Broken")).isInstanceOf(SendResult.Unclear.class);
        assertThat(send("Silent")).isInstanceOf(SendResult.Unclear.class);
        assertThat(delivered()).extracting(Delivered::text).containsExactly("Broken", "Silent");
    }

    @Test
    default void knows_that_nothing_left_where_nobody_listens() {
        assertThat(unreachable().send(tenant(), channel(), message("Hello"))).isInstanceOf(SendResult.Throttled.class);
    }

    @Test
    default void tells_no_secret_of_the_channel() {
        List<Weather> rough = List.of(Weather.BUSY, Weather.NEVER, Weather.LOCKED, Weather.BROKEN);
        next(rough.toArray(Weather[]::new));

        for (Weather weather : rough) {
            String told = send("Hello").toString();
            secrets().forEach(secret -> assertThat(told).as(weather.name()).doesNotContain(secret));
        }
    }

    @Test
    default void keeps_an_answer_within_the_providers_limit() {
        String longest = gateway().format("A sentence with **weight**. ".repeat(2000));

        assertThat(longest.length())
                .isBetween(gateway().maxTextLength() / 2, gateway().maxTextLength());
        assertThat(gateway().format("**Opening hours**")).isEqualTo("*Opening hours*");
    }

    @Test
    default void finds_what_the_provider_took_without_telling() {
        Instant before = Instant.now();
        next(Weather.BROKEN, Weather.NEVER);
        send("We close at six.");
        send("We never close.");

        Optional<List<String>> taken = gateway().findSent(tenant(), channel(), message("We close at six."), before);
        Optional<List<String>> refused = gateway().findSent(tenant(), channel(), message("We never close."), before);

        if (remembers()) {
            assertThat(taken).contains(List.of(delivered().getFirst().id()));
            assertThat(refused).contains(List.of());
        } else {
            assertThat(taken).isEmpty();
        }
    }
}
