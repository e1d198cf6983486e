package io.switchboard.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay on loopback that fails as a network does: it cuts connections, slows them down, or keeps them up and passes nothing. */
public final class TcpProxy implements AutoCloseable {

    private static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean cut;
    private boolean requestsHeld;
    private boolean answersHeld;

    private TcpProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Relays to a port of this machine. */
    public static TcpProxy to(int target) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), target);
            Thread.ofPlatform().daemon().name("proxy-" + proxy.port()).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy", e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** New connections go there, as a load balancer's do; those that are open stay. */
    public void aimAt(int port) {
        target = port;
    }

    /** Ends every fault; what was held back goes on its way. */
    public synchronized void pass() {
        delay = Duration.ZERO;
        cut = false;
        requestsHeld = false;
        answersHeld = false;
        notifyAll();
    }

    /** Resets every connection, and every new one until {@link #pass}. */
    public void cut() {
        cut = true;
        open.forEach(TcpProxy::reset);
    }

    /** Resets every connection once; new ones pass. */
    public void reset() {
        open.forEach(TcpProxy::reset);
    }

    /** Keeps connections up and passes nothing, in either direction: neither side learns that the other is away. */
    public synchronized void stall() {
        requestsHeld = true;
        answersHeld = true;
    }

    /** Lets requests through and holds their answers. */
    public synchronized void holdAnswers() {
        answersHeld = true;
    }

    /** Every piece of data waits this long. */
    public void slow(Duration perPiece) {
        delay = perPiece;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException("the proxy cannot accept connections", e);
                }
            }
        }
    }

    private void relay(Socket client) {
        if (cut) {
            reset(client);
            return;
        }
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException _) {
            reset(client);
            return;
        }
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pump(client, server, true));
        pump(server, client, false);
    }

    private void pump(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPassage(requests);
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // One side is gone; the other is told by closing it.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
        }
    }

    private void awaitPassage(boolean requests) throws InterruptedException {
        Thread.sleep(delay);
        synchronized (this) {
            while (requests ? requestsHeld : answersHeld) {
                wait();
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone in any case.
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone in any case.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy's port did not close", e);
        }
        cut();
    }
}
