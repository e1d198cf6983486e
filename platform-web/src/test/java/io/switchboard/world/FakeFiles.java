package io.switchboard.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A host of files on a loopback port, as providers' storage is one. It remembers what readers told it, and answers as scripted: sends them
 * on, breaks, never ends.
 */
public final class FakeFiles implements AutoCloseable {

    private final Map<String, File> files = new ConcurrentHashMap<>();
    private final LoopbackServer server = LoopbackServer.start(this::answer);

    private FakeFiles() {}

    public static FakeFiles start() {
        return new FakeFiles();
    }

    /** One for all tests of a run; each has files of its own. */
    public static FakeFiles shared() {
        return Shared.FILES;
    }

    private static final class Shared {
        private static final FakeFiles FILES = new FakeFiles();
    }

    /** What looks like a voice note of WhatsApp's to whoever looks at its first bytes; {@link FakeModel} hears these words in it. */
    public static byte[] voiceNote(String words) {
        return file("OggS" + "\0".repeat(24) + "OpusHead\n", FakeModel.SPOKEN + words);
    }

    /** What looks like a picture in JPEG to whoever looks at its first bytes; {@link FakeModel} sees this in it. */
    public static byte[] picture(String shown) {
        return file("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0", FakeModel.SHOWN + shown);
    }

    private static byte[] file(String head, String text) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        return file.toByteArray();
    }

    public File add(byte[] content) {
        String path = "/" + UUID.randomUUID();
        File file = new File(server.address().resolve(path), content);
        files.put(path, file);
        return file;
    }

    /** How to answer one request. */
    public sealed interface Answer {

        record SendOn(int status, URI location) implements Answer {}

        record Refuse(int status) implements Answer {}

        /** One byte now and then, for ever. */
        record NeverEnd() implements Answer {}

        record Cut() implements Answer {}
    }

    /** A file, and who asked for it. */
    public static final class File {

        private final URI address;
        private final byte[] content;
        private final Queue<Answer> script = new ConcurrentLinkedQueue<>();
        private final Queue<Map<String, String>> requests = new ConcurrentLinkedQueue<>();

        private File(URI address, byte[] content) {
            this.address = address;
            this.content = content;
        }

        public URI address() {
            return address;
        }

        byte[] content() {
            return content;
        }

        /** Answers the next requests so, then with the file. */
        public File script(Answer... answers) {
            script.addAll(List.of(answers));
            return this;
        }

        /** Headers of the requests, by names in lower case. */
        public List<Map<String, String>> requests() {
            return List.copyOf(requests);
        }

        /** As a server that has the file at an address of its own. */
        void answer(LoopbackServer.Request request, LoopbackServer.Response response)
                throws IOException, InterruptedException {
            requests.add(request.headers());
            Answer next = script.poll();
            switch (next) {
                case null -> response.bytes(200, Map.of("Content-Type", "application/octet-stream"), content);
                case Answer.SendOn(int status, URI location) ->
                    response.bytes(status, Map.of("Location", location.toString()), new byte[0]);
                case Answer.Refuse(int status) -> response.json(status, "{}");
                case Answer.NeverEnd() -> response.drip("x".repeat(100_000), Duration.ofMillis(20));
                case Answer.Cut() -> response.cut();
            }
        }
    }

    private void answer(LoopbackServer.Request request, LoopbackServer.Response response)
            throws IOException, InterruptedException {
        File file = files.get(request.path().replaceFirst("\\?.*", ""));
        if (file == null) {
            response.json(404, "{}");
        } else {
            file.answer(request, response);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
