package io.switchboard.conversations;

import io.switchboard.answering.MediaReader;
import io.switchboard.answering.MediaReaderException;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelMedia;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.MediaFetch;
import io.switchboard.channels.MediaReference;
import io.switchboard.channels.MediaTypes;
import io.switchboard.kernel.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Recordings and pictures at a provider, what their bytes are, and models that hear their words and see what they show; each as scripted,
 * and nothing where it is not.
 */
@TestComponent
class FakeAttachments implements ChannelMedia, MediaTypes {

    /** What bytes begin with, and the type that they are then. */
    private static final Map<String, String> TYPES =
            Map.of("sound:", "audio/opus", "jpeg:", "image/jpeg", "gif:", "image/gif", "pdf:", "application/pdf");

    private final Map<String, Queue<MediaFetch>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Queue<MediaReaderException>> failures = new ConcurrentHashMap<>();
    private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    @Bean
    MediaReader ears() {
        return new Reader(MediaReader.Sense.HEARING);
    }

    @Bean
    MediaReader eyes() {
        return new Reader(MediaReader.Sense.SIGHT);
    }

    @Bean
    MediaReader spectacles() {
        return new Reader(MediaReader.Sense.READING);
    }

    /** Answers the requests for a new attachment so. */
    String add(MediaFetch... answers) {
        String reference = UUID.randomUUID().toString();
        scripts.put(reference, new ConcurrentLinkedQueue<>(List.of(answers)));
        return reference;
    }

    /** The model fails this often before it has these words. */
    void fail(String words, MediaReaderException... inTurn) {
        failures.put(words, new ConcurrentLinkedQueue<>(List.of(inTurn)));
    }

    /** What happens while the model reads these words. */
    void meanwhile(String words, Runnable act) {
        meanwhile.put(words, act);
    }

    /** A recording. */
    static MediaFetch saying(String words) {
        return file("sound:" + words);
    }

    /** A picture in JPEG. */
    static MediaFetch showing(String what) {
        return file("jpeg:" + what);
    }

    static MediaFetch file(String content) {
        return new MediaFetch.Fetched(content.getBytes(StandardCharsets.UTF_8));
    }

    /** How often a model was asked. */
    int reads() {
        return reads.get();
    }

    @Override
    public ChannelProvider provider() {
        return ChannelProvider.META;
    }

    @Override
    public MediaFetch fetch(TenantId tenant, Channel channel, MediaReference media) {
        requireNoTransaction();
        MediaFetch answer = scripts.getOrDefault(media.reference(), new ConcurrentLinkedQueue<>())
                .poll();
        return answer == null ? new MediaFetch.Missing("nothing is there") : answer;
    }

    @Override
    public String of(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return TYPES.getOrDefault(text.substring(0, text.indexOf(':') + 1), "text/html");
    }

    private final class Reader implements MediaReader {

        private final Sense sense;

        Reader(Sense sense) {
            this.sense = sense;
        }

        @Override
        public Sense sense() {
            return sense;
        }

        @Override
        public String read(TenantId tenant, byte[] content, String mediaType) {
            requireNoTransaction();
            reads.incrementAndGet();
            String text = new String(content, StandardCharsets.UTF_8);
            String words = text.substring(text.indexOf(':') + 1);
            MediaReaderException failure =
                    failures.getOrDefault(words, new ConcurrentLinkedQueue<>()).poll();
            if (failure != null) {
                throw failure;
            }
            meanwhile.getOrDefault(words, () -> {}).run();
            return words;
        }
    }

    private static void requireNoTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("inside a transaction");
        }
    }
}
