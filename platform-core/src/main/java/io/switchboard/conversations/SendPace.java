package io.switchboard.conversations;

import io.switchboard.channels.ChannelGateway;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.SendRates;
import io.switchboard.conversations.DueReply.PutBack;
import io.switchboard.database.SystemDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Keeps numbers and pairs of number and customer to their provider's rates. The books are in the database and locked until the claim
 * commits, so that any number of replicas keep one rate together.
 */
@Component
class SendPace {

    private final SystemDatabase system;
    private final ObjectProvider<ChannelGateway> gateways;

    SendPace(SystemDatabase system, ObjectProvider<ChannelGateway> gateways) {
        this.system = system;
        this.gateways = gateways;
    }

    /** What of a claim leaves now, and what comes back later. */
    record Plan(List<DueReply> now, List<PutBack> later) {}

    /** Runs in the claim's transaction. */
    Plan plan(List<DueReply> due, Instant now) {
        Map<ChannelProvider, SendRates> rates = rates();
        Map<UUID, UUID> tenants = new HashMap<>();
        for (DueReply reply : due) {
            if (rates.containsKey(reply.provider())) {
                tenants.put(reply.channel().value(), reply.tenant().value());
                tenants.put(reply.conversation().value(), reply.tenant().value());
            }
        }
        PaceBook book = new PaceBook(now, tenants.isEmpty() ? Map.of() : lock(tenants, due));
        List<DueReply> leaving = new ArrayList<>();
        List<PutBack> later = new ArrayList<>();
        for (DueReply reply : due) {
            Optional.ofNullable(rates.get(reply.provider()))
                    .flatMap(rate -> book.ask(reply, rate))
                    .ifPresentOrElse(later::add, () -> leaving.add(reply));
        }
        write(tenants, book.changed());
        return new Plan(leaving, later);
    }

    private Map<ChannelProvider, SendRates> rates() {
        Map<ChannelProvider, SendRates> rates = new EnumMap<>(ChannelProvider.class);
        gateways.forEach(gateway -> gateway.rates().ifPresent(rate -> rates.put(gateway.provider(), rate)));
        return rates;
    }

    /** A number's first message makes the row that the others lock; a pair is asked for by one claim at a time and needs none. */
    private Map<UUID, Instant> lock(Map<UUID, UUID> tenants, List<DueReply> due) {
        Map<UUID, Instant> booked = read(tenants);
        Map<UUID, UUID> missing = new HashMap<>();
        for (DueReply reply : due) {
            UUID number = reply.channel().value();
            if (tenants.containsKey(number) && !booked.containsKey(number)) {
                missing.put(number, reply.tenant().value());
            }
        }
        if (missing.isEmpty()) {
            return booked;
        }
        system.jdbc()
                .sql("""
                        insert into send_pace (tenant_id, subject_id, booked_until)
                        select tenant_id, subject_id, statement_timestamp()
                          from unnest(:tenants, :subjects) as number (tenant_id, subject_id)
                         order by subject_id
                        on conflict (tenant_id, subject_id) do nothing
                        """)
                .param("tenants", missing.values().toArray(UUID[]::new))
                .param("subjects", missing.keySet().toArray(UUID[]::new))
                .update();
        return read(tenants);
    }

    /** Always in the same order, so that two claims wait for each other and never both. */
    private Map<UUID, Instant> read(Map<UUID, UUID> tenants) {
        Map<UUID, Instant> booked = new HashMap<>();
        system.jdbc()
                .sql("""
                        select subject_id, booked_until from send_pace
                         where (tenant_id, subject_id) in (select * from unnest(:tenants, :subjects))
                         order by subject_id for update
                        """)
                .param("tenants", tenants.values().toArray(UUID[]::new))
                .param("subjects", tenants.keySet().toArray(UUID[]::new))
                .query((row, number) -> booked.put(
                        row.getObject("subject_id", UUID.class),
                        row.getObject("booked_until", OffsetDateTime.class).toInstant()))
                .list();
        return booked;
    }

    private void write(Map<UUID, UUID> tenants, Map<UUID, Instant> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<UUID> subjects = List.copyOf(changed.keySet());
        system.jdbc()
                .sql("""
                        insert into send_pace (tenant_id, subject_id, booked_until)
                        select tenant_id, subject_id, booked_until
                          from unnest(:tenants, :subjects, cast(:until as timestamptz[])) as s (tenant_id, subject_id, booked_until)
                         order by subject_id
                        on conflict (tenant_id, subject_id) do update set booked_until = excluded.booked_until
                        """)
                .param("tenants", subjects.stream().map(tenants::get).toArray(UUID[]::new))
                .param("subjects", subjects.toArray(UUID[]::new))
                .param(
                        "until",
                        subjects.stream()
                                .map(subject -> String.valueOf(changed.get(subject)))
                                .toArray(String[]::new))
                .update();
    }
}
