package io.switchboard.retrieval.qdrant;

import io.switchboard.installation.SettingException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Qdrant is, for the vector store of that name.
 *
 * @param url {@code http} or {@code https}, host, and the port on which Qdrant speaks gRPC, 6334 if it is left out; null: there is none
 * @param apiKey null if the server asks for none
 */
@ConfigurationProperties("switchboard.qdrant")
record QdrantSettings(@Nullable URI url, @Nullable String apiKey) {

    private static final String URL = "SWITCHBOARD_QDRANT_URL";
    private static final int GRPC_PORT = 6334;
    private static final int REST_PORT = 6333;

    QdrantSettings {
        if (url != null) {
            if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
                throw new SettingException(URL, "is not an address such as http://qdrant.example.org:6334: " + url);
            }
            if (url.getPort() == REST_PORT) {
                throw new SettingException(
                        URL, "names port 6333, where Qdrant speaks REST; its port for gRPC is usually 6334");
            }
            if (apiKey != null && url.getScheme().equals("http") && !isLoopback(url.getHost())) {
                throw new SettingException(
                        URL, "would send the key of SWITCHBOARD_QDRANT_API_KEY unencrypted; use https");
            }
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    /** @throws IllegalStateException if there is no address */
    String host() {
        if (url == null) {
            throw new IllegalStateException("there is no address of Qdrant");
        }
        return url.getHost();
    }

    int port() {
        return url == null || url.getPort() < 0 ? GRPC_PORT : url.getPort();
    }

    boolean encrypted() {
        return url != null && url.getScheme().equals("https");
    }

    @Override
    public String toString() {
        return "QdrantSettings[url=" + url + "]";
    }
}
