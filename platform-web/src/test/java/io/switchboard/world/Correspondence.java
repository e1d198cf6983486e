package io.switchboard.world;

import io.switchboard.world.WebhookSender.Delivery;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Joins what customers wrote with what they got, message by message. A reply says itself which message it answers, where the stand-in
 * model wrote it; else it answers the customer's next message in order.
 */
public final class Correspondence {

    private final Map<Long, Exchange> exchanges = new ConcurrentHashMap<>();
    private final Map<String, Queue<Long>> waiting = new ConcurrentHashMap<>();
    private final Queue<FakeMeta.Send> unasked = new ConcurrentLinkedQueue<>();

    /** One message, its delivery and the replies to it. */
    private static final class Exchange {
        private final CountDownLatch replied = new CountDownLatch(1);
        private final Queue<FakeMeta.Send> replies = new ConcurrentLinkedQueue<>();
        private volatile Delivery delivery;

        boolean accepted() {
            return delivery != null && delivery.accepted();
        }
    }

    /** To be given to {@link FakeMeta#onDelivered}; a reply may come before its message's delivery is over. */
    public void got(FakeMeta.Send reply) {
        long named = WebhookSender.numberIn(reply.text());
        Long next =
                waiting.getOrDefault(reply.to(), new ConcurrentLinkedQueue<>()).poll();
        if (named < 0 && next == null) {
            unasked.add(reply);
            return;
        }
        Exchange exchange = exchange(named < 0 ? next : named);
        exchange.replies.add(reply);
        exchange.replied.countDown();
    }

    /** To be told of every message before it leaves. */
    public void writes(long number, String customer) {
        waiting.computeIfAbsent(customer, _ -> new ConcurrentLinkedQueue<>()).add(number);
    }

    public void wrote(Delivery delivery) {
        exchange(delivery.number()).delivery = delivery;
    }

    private Exchange exchange(long number) {
        return exchanges.computeIfAbsent(number, _ -> new Exchange());
    }

    /** Waits until an accepted message has its reply; false if it has none in time. */
    public boolean awaitReply(Delivery delivery, Duration limit) {
        try {
            return exchange(delivery.number()).replied.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a reply", e);
        }
    }

    /** Waits until every accepted message has its reply, or nothing more has come for the limit. */
    public void awaitAll(Duration limit) {
        accepted().forEach(exchange -> awaitReply(exchange.delivery, limit));
    }

    private Stream<Exchange> accepted() {
        return exchanges.values().stream().filter(Exchange::accepted);
    }

    public long acceptedCount() {
        return accepted().count();
    }

    /** Messages that got no 200. */
    public List<Delivery> refused() {
        return exchanges.values().stream()
                .map(exchange -> exchange.delivery)
                .filter(delivery -> delivery != null && !delivery.accepted())
                .toList();
    }

    /** Accepted and not answered. */
    public List<Delivery> unanswered() {
        return accepted()
                .filter(exchange -> exchange.replies.isEmpty())
                .map(exchange -> exchange.delivery)
                .toList();
    }

    /** Answered more than once. */
    public List<Delivery> answeredAgain() {
        return accepted()
                .filter(exchange -> exchange.replies.size() > 1)
                .map(exchange -> exchange.delivery)
                .toList();
    }

    /** Replies that name none of our messages: fallback texts, refusals. */
    public List<FakeMeta.Send> unasked() {
        return List.copyOf(unasked);
    }

    /** Milliseconds from when each accepted message was due until its 200. */
    public Collection<Double> acknowledgements() {
        return accepted()
                .map(exchange -> (exchange.delivery.answeredNanos() - exchange.delivery.dueNanos()) / 1e6)
                .toList();
    }

    /** Milliseconds from when each accepted message was due until Meta got the first reply. */
    public Collection<Double> replyTimes() {
        return accepted()
                .filter(exchange -> !exchange.replies.isEmpty())
                .map(exchange -> (exchange.replies.peek().nanos() - exchange.delivery.dueNanos()) / 1e6)
                .toList();
    }

    /** From the first message until the last reply. */
    public Duration span() {
        long first = accepted()
                .mapToLong(exchange -> exchange.delivery.dueNanos())
                .min()
                .orElse(0);
        long last = accepted()
                .flatMap(exchange -> exchange.replies.stream())
                .mapToLong(FakeMeta.Send::nanos)
                .max()
                .orElse(first);
        return Duration.ofNanos(last - first);
    }
}
