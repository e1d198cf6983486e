package io.switchboardtest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes everything on this machine's loopback and forwards nothing (RFC 5321, as far as a sender needs it). */
public final class MailServer implements AutoCloseable {

    private final ServerSocket socket;
    private final List<Mail> mails = new CopyOnWriteArrayList<>();

    /** What came in. */
    public record Mail(String to, String content) {

        /** The first address in the text. */
        public String link() {
            return content.lines()
                    .filter(line -> line.startsWith("http"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no link in " + content));
        }
    }

    public MailServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("mail-server").start(this::accept);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public List<Mail> to(String address) {
        return mails.stream().filter(mail -> mail.to().equals(address)).toList();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().name("mail-client").start(() -> serve(client));
            } catch (SocketException _) {
                return; // closed
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8)) {
            out.print("220 test\r\n");
            out.flush();
            List<String> to = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String answer = "250 ok";
                if (line.startsWith("RCPT TO:")) {
                    to.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
                } else if (line.equals("DATA")) {
                    out.print("354 go on\r\n");
                    out.flush();
                    String content = data(in);
                    to.forEach(address -> mails.add(new Mail(address, content)));
                } else if (line.equals("QUIT")) {
                    answer = "221 bye";
                }
                out.print(answer + "\r\n");
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String data(BufferedReader in) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            content.append(line).append('\n');
        }
        return content.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
