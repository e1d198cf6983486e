package io.switchboard.world;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * One connection to a program on this machine, kept open between requests. Costs a tenth of a full HTTP client, so that the load does not
 * take the processor from what is measured.
 */
final class LoopbackClient implements AutoCloseable {

    private final URI address;
    private final Duration timeout;
    private Socket socket;
    private InputStream in;

    LoopbackClient(URI address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /**
     * Posts JSON and returns the status.
     *
     * @throws IOException if no answer came; whether the request arrived is unknown then
     */
    int post(String path, Map<String, String> headers, byte[] body) throws IOException {
        try {
            connect();
            socket.getOutputStream().write(request(path, headers, body));
            return answer();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) timeout.toMillis());
            in = new BufferedInputStream(socket.getInputStream());
        }
    }

    private byte[] request(String path, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(300)
                .append("POST ")
                .append(path)
                .append(" HTTP/1.1\r\nHost: ")
                .append(address.getAuthority())
                .append("\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[start.length + body.length];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        boolean closes = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String header = line.toLowerCase(Locale.ROOT);
            if (header.startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring("content-length:".length()).strip());
            }
            chunked |= header.equals("transfer-encoding: chunked");
            closes |= header.equals("connection: close");
        }
        in.skipNBytes(length);
        for (int size = chunked ? chunkSize() : 0; size > 0; size = chunkSize()) {
            in.skipNBytes(size + 2L);
        }
        if (chunked) {
            line();
        }
        if (closes) {
            close();
        }
        return status;
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        String line = LoopbackServer.line(in);
        if (line == null) {
            throw new EOFException("the connection ended before the answer");
        }
        return line;
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException _) {
                // It is gone in any case.
            }
            socket = null;
        }
    }
}
