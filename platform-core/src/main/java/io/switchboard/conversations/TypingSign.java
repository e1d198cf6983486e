package io.switchboard.conversations;

import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.ReadMark;
import io.switchboard.tenancy.TenantTransactions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Shows a customer that the newest message was read, and that an answer is being written where it takes a moment. It runs beside the turn:
 * a turn never waits for it, and nothing happens if it fails.
 */
@Component
class TypingSign {

    private static final Logger LOG = LoggerFactory.getLogger(TypingSign.class);

    /** A quicker answer needs no sign, and a sign that comes after the answer would promise another one. */
    private static final Duration SHORT = Duration.ofMillis(400);

    /** WhatsApp takes the sign away after 25 seconds. */
    private static final Duration AGAIN = Duration.ofSeconds(20);

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final ChannelService channels;
    private final ObjectProvider<ChannelGateway> gateways;

    TypingSign(
            TenantTransactions transactions,
            JdbcClient jdbc,
            ChannelService channels,
            ObjectProvider<ChannelGateway> gateways) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.channels = channels;
        this.gateways = gateways;
    }

    /** Until it is closed. */
    Shown show(Claim claim) {
        CountDownLatch answered = new CountDownLatch(1);
        gatewayOf(claim)
                .ifPresent(way -> Thread.ofVirtual()
                        .name("typing-" + claim.conversation())
                        .start(() -> show(claim, way, answered)));
        return answered::countDown;
    }

    interface Shown extends AutoCloseable {

        @Override
        void close();
    }

    private record Way(Channel channel, ChannelGateway gateway) {}

    private Optional<Way> gatewayOf(Claim claim) {
        return channels.findRecent(claim.tenant(), claim.channel())
                .flatMap(channel -> ChannelPort.of(channel.provider(), gateways)
                        .filter(ChannelGateway::marksRead)
                        .map(gateway -> new Way(channel, gateway)));
    }

    private void show(Claim claim, Way way, CountDownLatch answered) {
        try {
            Optional<Newest> newest = newest(claim);
            if (newest.isEmpty()) {
                return;
            }
            Newest message = newest.get();
            if (answered.await(SHORT.toMillis(), TimeUnit.MILLISECONDS)) {
                way.gateway().markRead(claim.tenant(), way.channel(), message.mark(false));
                return;
            }
            do {
                way.gateway().markRead(claim.tenant(), way.channel(), message.mark(true));
            } while (!answered.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
            way.gateway().stopTyping(claim.tenant(), way.channel(), message.mark(false));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.debug("No sign of typing for conversation {}: {}", claim.conversation(), e.toString());
        }
    }

    private record Newest(String message, String address) {

        ReadMark mark(boolean typing) {
            return new ReadMark(message, address, typing);
        }
    }

    private Optional<Newest> newest(Claim claim) {
        return transactions.call(
                claim.tenant(),
                () -> jdbc.sql("""
                        select i.provider_message_id, c.reply_address
                          from inbox i
                          join conversation v on v.tenant_id = i.tenant_id and v.id = i.conversation_id
                          join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
                         where i.tenant_id = ? and i.conversation_id = ? and i.kind in ('TEXT', 'CHOICE', 'MEDIA', 'LOCATION', 'CONTACT')
                         order by i.seq desc limit 1
                        """)
                        .params(claim.tenant().value(), claim.conversation().value())
                        .query((row, number) -> new Newest(row.getString(1), row.getString(2)))
                        .optional());
    }
}
