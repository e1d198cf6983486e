package io.switchboard.world;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A small HTTP/1.1 server with a virtual thread per connection: thousands of slow calls at once cost little, and a handler may
 * misbehave in every way a network can, since it writes to the socket itself.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final int BACKLOG = 4096;
    private static final int LONGEST_LINE = 16 * 1024;

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoopbackServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    /** Answers one request; an exception of any kind closes the connection without an answer. */
    @FunctionalInterface
    public interface Handler {
        void answer(Request request, Response response) throws IOException, InterruptedException;
    }

    /** @param headers by names in lower case */
    public record Request(String method, String path, Map<String, String> headers, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /** Starts on a free port. */
    public static LoopbackServer start(Handler handler) {
        return start(0, handler);
    }

    /** Starts on a port that was this server's before, so that a restarted world has the same addresses. */
    public static LoopbackServer start(int port, Handler handler) {
        try {
            ServerSocket listener = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
            LoopbackServer server = new LoopbackServer(listener, handler);
            Thread.ofPlatform().daemon().name("loopback-" + server.port()).start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback port " + port, e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException("accepting connections failed", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Request request = read(in);
                if (request == null) {
                    return;
                }
                handler.answer(request, new Response(socket));
            }
        } catch (IOException | RuntimeException _) {
            // A client that went away, or a handler that cuts the line on purpose.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Request read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(parts[0], parts[1], headers, body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            all.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return all.toByteArray();
    }

    private static int chunkSize(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("the connection ended inside a body");
        }
        return Integer.parseInt(line.split(";", 2)[0].strip(), 16);
    }

    /** Null at the end of the stream. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a header line is longer than " + LONGEST_LINE);
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Cuts all connections and stops listening. */
    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("closing the loopback server failed", e);
        }
    }

    /** One answer, orderly or not. */
    public static final class Response {

        private final Socket socket;

        Response(Socket socket) {
            this.socket = socket;
        }

        public void json(int status, String body) throws IOException {
            json(status, Map.of(), body);
        }

        public void json(int status, Map<String, String> headers, String body) throws IOException {
            body(status, "application/json", headers, body.getBytes(StandardCharsets.UTF_8));
        }

        public void body(int status, String contentType, Map<String, String> headers, byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            byte[] head = head(status, contentType, headers, bytes.length);
            byte[] all = new byte[head.length + bytes.length];
            System.arraycopy(head, 0, all, 0, head.length);
            System.arraycopy(bytes, 0, all, head.length, bytes.length);
            out.write(all);
            out.flush();
        }

        /** @param headers the type of the body among them */
        public void bytes(int status, Map<String, String> headers, byte[] body) throws IOException {
            OutputStream out = socket.getOutputStream();
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " .\r\nContent-Length: " + body.length + "\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
        }

        /** Sends the head at once and the body one byte at a time. */
        public void drip(String body, Duration perByte) throws IOException, InterruptedException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            OutputStream out = socket.getOutputStream();
            out.write(head(200, "application/json", Map.of(), bytes.length));
            for (byte each : bytes) {
                out.write(each);
                out.flush();
                Thread.sleep(perByte);
            }
        }

        /** Begins an answer that goes on with {@link #part} until {@link #end}. */
        public void begin(String contentType) throws IOException {
            write("HTTP/1.1 200 .\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        public void part(String text) throws IOException {
            write(Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n");
        }

        public void end() throws IOException {
            write("0\r\n\r\n");
        }

        private void write(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        /** Ends the connection with a reset, as a crashed machine or a firewall does. */
        public void cut() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private static byte[] head(int status, String contentType, Map<String, String> headers, int length) {
            StringBuilder head = new StringBuilder(160)
                    .append("HTTP/1.1 ")
                    .append(status)
                    .append(" .\r\nContent-Type: ")
                    .append(contentType)
                    .append("\r\nContent-Length: ")
                    .append(length)
                    .append("\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
