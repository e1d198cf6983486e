package io.switchboard.retrieval.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.switchboard.retrieval.ChunkIndexException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls to one server, each with an end. */
final class QdrantServer implements AutoCloseable {

    /** The first that counts values of a field (facets), and that knows which field is the tenant. */
    static final String OLDEST = "1.12";

    private static final int OLDEST_MINOR = 12;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4}).*");

    private final String address;
    private final QdrantClient client;

    QdrantServer(QdrantSettings settings) {
        this.address = settings.host() + ":" + settings.port();
        QdrantGrpcClient.Builder builder = QdrantGrpcClient.newBuilder(
                        settings.host(), settings.port(), settings.encrypted(), false)
                .withTimeout(LIMIT);
        if (settings.apiKey() != null) {
            builder.withApiKey(settings.apiKey());
        }
        this.client = new QdrantClient(builder.build());
    }

    /** A call to the server; the client ends those that take too long. */
    interface Call<T> {
        ListenableFuture<T> on(QdrantClient client);
    }

    /** @throws ChunkIndexException if the server is not there, too slow, or refuses */
    <T> T call(String what, Call<T> call) {
        return wait(what, call.on(client));
    }

    /** Several calls at once. */
    <T> List<T> callAll(String what, List<Call<T>> calls) {
        List<ListenableFuture<T>> answers =
                calls.stream().map(call -> call.on(client)).toList();
        return answers.stream().map(answer -> wait(what, answer)).toList();
    }

    private <T> T wait(String what, ListenableFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new ChunkIndexException("Qdrant at " + address + " did not " + what + ": " + reason(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChunkIndexException("interrupted while Qdrant at " + address + " was to " + what, e);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause instanceof StatusRuntimeException refused
                ? refused.getStatus().getCode() + " " + refused.getStatus().getDescription()
                : String.valueOf(cause);
    }

    String version() {
        return call("answer", QdrantClient::healthCheckAsync).getVersion();
    }

    static boolean isSupported(String version) {
        Matcher parts = VERSION.matcher(version);
        return !parts.matches()
                || Integer.parseInt(parts.group(1)) > 1
                || (Integer.parseInt(parts.group(1)) == 1 && Integer.parseInt(parts.group(2)) >= OLDEST_MINOR);
    }

    List<String> collections() {
        return call("list its collections", QdrantClient::listCollectionsAsync);
    }

    @Override
    public void close() {
        client.close();
    }
}
