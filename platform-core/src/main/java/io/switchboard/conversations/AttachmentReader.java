package io.switchboard.conversations;

import io.switchboard.answering.MediaReader;
import io.switchboard.answering.MediaReader.Sense;
import io.switchboard.answering.MediaReaderException;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.ChannelPort;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.MediaFetch;
import io.switchboard.channels.MediaReference;
import io.switchboard.channels.MediaTypes;
import io.switchboard.kernel.Sha256;
import io.switchboard.tenancy.TenantPlaces;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Listens to the recordings of a turn, looks at its pictures and reads its documents: fetches and checks them, has them read, and stores
 * their words. The file itself is never stored. No transaction is open meanwhile, and only so many are in memory at once.
 */
@Component
class AttachmentReader {

    private static final Logger LOG = LoggerFactory.getLogger(AttachmentReader.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int SHA256_BYTES = 32;

    /** Containers that may hold sound alone, and are named after what else they may hold. */
    private static final Set<String> CONTAINERS =
            Set.of("application/ogg", "application/mp4", "video/mp4", "video/3gpp", "video/quicktime", "video/webm");

    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/webp");

    private final AttachmentStore store;
    private final ChannelService channels;
    private final ObjectProvider<ChannelMedia> media;
    private final ObjectProvider<MediaTypes> types;
    private final Map<Sense, MediaReader> readers = new EnumMap<>(Sense.class);
    private final TenantPlaces places;

    AttachmentReader(
            AttachmentStore store,
            ChannelService channels,
            ObjectProvider<ChannelMedia> media,
            ObjectProvider<MediaTypes> types,
            ObjectProvider<MediaReader> readers,
            EngineSettings settings) {
        this.store = store;
        this.channels = channels;
        this.media = media;
        this.types = types;
        readers.stream().forEach(reader -> this.readers.put(reader.sense(), reader));
        this.places = new TenantPlaces(settings.maxRecordings(), Math.max(1, settings.maxRecordings() / 2));
    }

    /** An attachment that may be understood the next time. */
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

    /** False where no model is set for what the message carries: then nothing is fetched either. */
    boolean reads(TurnInput.Pending message) {
        TurnInput.Attachment attachment = message.attachment();
        return attachment != null && readers.containsKey(attachment.sense());
    }

    /**
     * Gives the message the words of what it carries; does nothing if there are none to be had.
     *
     * @throws NotYetException if another try may succeed
     */
    void read(Claim claim, TurnInput.Pending message) {
        TurnInput.Attachment attachment = message.attachment();
        MediaReader reader = attachment == null ? null : readers.get(attachment.sense());
        if (attachment == null || reader == null) {
            return;
        }
        if (!places.enter(claim.tenant())) {
            throw new NotYetException("too many attachments at once", SOON);
        }
        try {
            words(claim, attachment, reader)
                    .map(words ->
                            MessageContent.of(MessageKind.MEDIA, words.strip()).text())
                    .filter(words -> !words.isBlank())
                    .ifPresent(words -> store.keep(claim, message.seq(), reader.sense(), words));
        } finally {
            places.leave(claim.tenant());
        }
    }

    private Optional<String> words(Claim claim, TurnInput.Attachment attachment, MediaReader reader) {
        return switch (fetch(claim, attachment)) {
            case MediaFetch.Fetched(byte[] content) -> {
                requireWhole(content, attachment.media().sha256());
                yield read(claim, content, attachment.media(), reader);
            }
            case MediaFetch.Unavailable(String reason) -> throw new NotYetException(reason, null);
            case MediaFetch.Missing(String reason) -> nothing(claim, reason);
            case MediaFetch.Expired(String reason) -> nothing(claim, reason);
        };
    }

    private MediaFetch fetch(Claim claim, TurnInput.Attachment attachment) {
        String reference = attachment.media().reference();
        Optional<String> address = store.replyAddress(claim);
        Optional<Channel> channel = channels.findRecent(claim.tenant(), claim.channel());
        if (reference == null || address.isEmpty() || channel.isEmpty()) {
            return new MediaFetch.Missing("nobody knows where it is");
        }
        Channel known = channel.get();
        return ChannelPort.of(known.provider(), media)
                .map(way -> way.fetch(
                        claim.tenant(), known, new MediaReference(reference, attachment.message(), address.get())))
                .orElseGet(() -> new MediaFetch.Missing("no files come through " + known.provider()));
    }

    private Optional<String> read(Claim claim, byte[] content, MessageMedia declared, MediaReader reader) {
        MediaTypes sniffer = types.getIfAvailable();
        String type = sniffer == null ? "application/octet-stream" : sniffer.of(content);
        if (!suits(reader.sense(), type, declared)) {
            return nothing(claim, "it is no " + declared.mimeType() + " but " + type);
        }
        try {
            String words = reader.read(claim.tenant(), content, type);
            return words.isBlank() ? nothing(claim, "no word is in it") : Optional.of(words);
        } catch (MediaReaderException e) {
            if (e.passing()) {
                throw new NotYetException(
                        String.valueOf(e.getMessage()), e.retryAfter().orElse(null));
            }
            return nothing(claim, String.valueOf(e.getMessage()));
        }
    }

    /** Sound goes by many names and hides in many containers; a picture is what it is called; whoever reads documents looks for themselves. */
    private static boolean suits(Sense sense, String type, MessageMedia declared) {
        return switch (sense) {
            case HEARING -> type.startsWith("audio/") || CONTAINERS.contains(type);
            case SIGHT -> PICTURES.contains(type) && declared.isCalled(type);
            case READING -> true;
        };
    }

    private static Optional<String> nothing(Claim claim, String reason) {
        LOG.warn(
                "An attachment in conversation {} of tenant {} stays without words: {}",
                claim.conversation(),
                claim.tenant(),
                reason);
        return Optional.empty();
    }

    /** What is not what the provider announced was cut off or changed on the way. */
    private static void requireWhole(byte[] content, @Nullable String declared) {
        if (declared != null && !matches(content, declared)) {
            throw new NotYetException("the file is not the one that the message announced", null);
        }
    }

    /** Meta writes a hash in Base64 in one place and in hexadecimal digits in another; what is neither says nothing. */
    private static boolean matches(byte[] content, String declared) {
        byte[] expected = decoded(declared.strip());
        return expected.length != SHA256_BYTES || MessageDigest.isEqual(expected, Sha256.of(content));
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
}
