package io.switchboard.conversations;

import io.switchboard.answering.Transcriber;
import io.switchboard.answering.TranscriberException;
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
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Recordings at a provider, what their bytes are, and a model that hears their words; each as scripted, and nothing where it is not. */
@Primary
@TestComponent
class FakeRecordings implements ChannelMedia, MediaTypes, Transcriber {

    private static final String SOUND = "sound:";

    private final Map<String, Queue<MediaFetch>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Queue<TranscriberException>> failures = new ConcurrentHashMap<>();
    private final Map<String, Runnable> meanwhile = new ConcurrentHashMap<>();
    private final AtomicInteger heard = new AtomicInteger();

    /** Answers the requests for a new recording so. */
    String add(MediaFetch... answers) {
        String reference = UUID.randomUUID().toString();
        scripts.put(reference, new ConcurrentLinkedQueue<>(List.of(answers)));
        return reference;
    }

    /** The model fails this often before it hears these words. */
    void fail(String words, TranscriberException... inTurn) {
        failures.put(words, new ConcurrentLinkedQueue<>(List.of(inTurn)));
    }

    /** What happens while the model listens to these words. */
    void meanwhile(String words, Runnable act) {
        meanwhile.put(words, act);
    }

    static MediaFetch saying(String words) {
        return new MediaFetch.Fetched((SOUND + words).getBytes(StandardCharsets.UTF_8));
    }

    int heard() {
        return heard.get();
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
        return new String(content, StandardCharsets.UTF_8).startsWith(SOUND) ? "audio/opus" : "text/html";
    }

    @Override
    public String transcribe(TenantId tenant, byte[] recording, String mediaType) {
        requireNoTransaction();
        heard.incrementAndGet();
        String words = new String(recording, StandardCharsets.UTF_8).substring(SOUND.length());
        TranscriberException failure =
                failures.getOrDefault(words, new ConcurrentLinkedQueue<>()).poll();
        if (failure != null) {
            throw failure;
        }
        meanwhile.getOrDefault(words, () -> {}).run();
        return words;
    }

    private static void requireNoTransaction() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("inside a transaction");
        }
    }
}
