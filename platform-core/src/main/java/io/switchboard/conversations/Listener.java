package io.switchboard.conversations;

import io.switchboard.answering.Transcriber;
import io.switchboard.answering.TranscriberException;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.MediaFetch;
import io.switchboard.channels.MediaReference;
import io.switchboard.channels.MediaTypes;
import io.switchboard.kernel.TenantId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Listens to the recordings of a turn: fetches, checks and transcribes them, and stores their words in place of the text that they have
 * not. The recording itself is never stored. No transaction is open meanwhile, and only so many are in memory at once.
 */
@Component
class Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int SHA256_BYTES = 32;

    /** Containers that may hold sound alone, and are named after what else they may hold. */
    private static final Set<String> CONTAINERS =
            Set.of("application/ogg", "application/mp4", "video/mp4", "video/3gpp", "video/quicktime", "video/webm");

    private final TurnStore store;
    private final ChannelService channels;
    private final ObjectProvider<ChannelMedia> media;
    private final ObjectProvider<MediaTypes> types;
    private final @Nullable Transcriber transcriber;
    private final Semaphore all;
    private final int mostOfTenant;
    private final Map<TenantId, AtomicInteger> ofTenant = new ConcurrentHashMap<>();

    Listener(
            TurnStore store,
            ChannelService channels,
            ObjectProvider<ChannelMedia> media,
            ObjectProvider<MediaTypes> types,
            ObjectProvider<Transcriber> transcriber,
            EngineSettings settings) {
        this.store = store;
        this.channels = channels;
        this.media = media;
        this.types = types;
        this.transcriber = transcriber.getIfAvailable();
        this.all = new Semaphore(settings.maxRecordings());
        this.mostOfTenant = Math.max(1, settings.maxRecordings() / 2);
    }

    /** A recording that may be understood the next time. */
    static final class NotYetException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        NotYetException(String message, @Nullable Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** False where no model is set: then nothing is fetched either. */
    boolean hears() {
        return transcriber != null;
    }

    /**
     * Gives the message its words; does nothing if there are none to be had.
     *
     * @throws NotYetException if another try may succeed
     */
    void listen(Claim claim, TurnInput.Pending message) {
        TurnInput.Recording recording = message.recording();
        Transcriber model = transcriber;
        if (recording == null || model == null) {
            return;
        }
        enter(claim.tenant());
        try {
            hear(claim, recording, model)
                    .map(words ->
                            MessageContent.of(MessageKind.MEDIA, words.strip()).text())
                    .filter(words -> !words.isBlank())
                    .ifPresent(words -> store.transcribed(claim, message.seq(), words));
        } finally {
            leave(claim.tenant());
        }
    }

    private void enter(TenantId tenant) {
        AtomicInteger running = ofTenant.computeIfAbsent(tenant, _ -> new AtomicInteger());
        if (running.incrementAndGet() > mostOfTenant) {
            running.decrementAndGet();
            throw new NotYetException("too many recordings of the tenant at once", SOON);
        }
        if (!all.tryAcquire()) {
            running.decrementAndGet();
            throw new NotYetException("too many recordings at once", SOON);
        }
    }

    private void leave(TenantId tenant) {
        all.release();
        ofTenant.computeIfAbsent(tenant, _ -> new AtomicInteger()).decrementAndGet();
    }

    private Optional<String> hear(Claim claim, TurnInput.Recording recording, Transcriber model) {
        return switch (fetch(claim, recording)) {
            case MediaFetch.Fetched(byte[] content) -> {
                requireWhole(content, recording.media().sha256());
                yield transcribe(claim, content, model);
            }
            case MediaFetch.Unavailable(String reason) -> throw new NotYetException(reason, null);
            case MediaFetch.Missing(String reason) -> nothing(claim, reason);
            case MediaFetch.Expired(String reason) -> nothing(claim, reason);
        };
    }

    private MediaFetch fetch(Claim claim, TurnInput.Recording recording) {
        String reference = recording.media().reference();
        Optional<String> address = store.replyAddress(claim);
        Optional<Channel> channel = channels.findRecent(claim.tenant(), claim.channel());
        if (reference == null || address.isEmpty() || channel.isEmpty()) {
            return new MediaFetch.Missing("nobody knows where it is");
        }
        Channel known = channel.get();
        return media.stream()
                .filter(way -> way.provider() == known.provider())
                .findFirst()
                .map(way -> way.fetch(
                        claim.tenant(), known, new MediaReference(reference, recording.message(), address.get())))
                .orElseGet(() -> new MediaFetch.Missing("no files come through " + known.provider()));
    }

    private Optional<String> transcribe(Claim claim, byte[] content, Transcriber model) {
        MediaTypes sniffer = types.getIfAvailable();
        String type = sniffer == null ? "application/octet-stream" : sniffer.of(content);
        if (!type.startsWith("audio/") && !CONTAINERS.contains(type)) {
            return nothing(claim, "it is no recording but " + type);
        }
        try {
            String words = model.transcribe(claim.tenant(), content, type);
            return words.isBlank() ? nothing(claim, "no word is in it") : Optional.of(words);
        } catch (TranscriberException e) {
            if (e.passing()) {
                throw new NotYetException(
                        String.valueOf(e.getMessage()), e.retryAfter().orElse(null));
            }
            return nothing(claim, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> nothing(Claim claim, String reason) {
        LOG.warn(
                "A recording in conversation {} of tenant {} stays without words: {}",
                claim.conversation(),
                claim.tenant(),
                reason);
        return Optional.empty();
    }

    /** What is not what the provider announced was cut off or changed on the way. */
    private static void requireWhole(byte[] content, @Nullable String declared) {
        if (declared != null && !matches(content, declared)) {
            throw new NotYetException("the recording is not the one that the message announced", null);
        }
    }

    /** Meta writes a hash in Base64 in one place and in hexadecimal digits in another; what is neither says nothing. */
    private static boolean matches(byte[] content, String declared) {
        byte[] expected = decoded(declared.strip());
        return expected.length != SHA256_BYTES || MessageDigest.isEqual(expected, sha256(content));
    }

    private static byte[] decoded(String hash) {
        try {
            return hash.length() == 2 * SHA256_BYTES
                    ? HexFormat.of().parseHex(hash)
                    : Base64.getDecoder().decode(hash.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
