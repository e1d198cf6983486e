package io.switchboardtest.qdrant;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.QdrantGrpc;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckReply;
import io.qdrant.client.grpc.QdrantOuterClass.HealthCheckRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What we use of Qdrant, on a port of this machine: the client's own service classes over collections in memory. It keeps Qdrant's rules, as
 * far as we could break them, and refuses what it does not know.
 */
public final class QdrantDouble implements AutoCloseable {

    private static final Metadata.Key<String> API_KEY = Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

    private final Map<String, DoubleCollection> collections = new ConcurrentHashMap<>();
    private final Server server;
    private final int port;
    private volatile String version = "1.15.0";

    /** @param apiKey what callers must show; null: nothing */
    public QdrantDouble(@Nullable String apiKey) {
        try {
            server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .maxInboundMessageSize(64 * 1024 * 1024)
                    .intercept(new KeyCheck(apiKey))
                    .addService(new Health())
                    .addService(new Collections())
                    .addService(new Points())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getPort();
    }

    public int port() {
        return port;
    }

    public void pretendToBe(String otherVersion) {
        version = otherVersion;
    }

    public DoubleCollection collection(String name) {
        DoubleCollection collection = collections.get(name);
        if (collection == null) {
            throw Status.NOT_FOUND
                    .withDescription("Collection `" + name + "` doesn't exist!")
                    .asRuntimeException();
        }
        return collection;
    }

    public Map<String, DoubleCollection> collections() {
        return Map.copyOf(collections);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> answer) {
        T value;
        try {
            value = answer.get();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
            return;
        }
        observer.onNext(value);
        observer.onCompleted();
    }

    private static PointsOperationResponse done() {
        return PointsOperationResponse.newBuilder()
                .setResult(UpdateResult.newBuilder().setStatus(UpdateStatus.Completed))
                .build();
    }

    private record KeyCheck(@Nullable String apiKey) implements ServerInterceptor {

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (apiKey != null && !apiKey.equals(headers.get(API_KEY))) {
                call.close(Status.UNAUTHENTICATED.withDescription("Invalid API key or JWT"), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }

    private final class Health extends QdrantGrpc.QdrantImplBase {

        @Override
        public void healthCheck(HealthCheckRequest request, StreamObserver<HealthCheckReply> observer) {
            answer(
                    observer,
                    () -> HealthCheckReply.newBuilder()
                            .setTitle("qdrant - vector search engine")
                            .setVersion(version)
                            .build());
        }
    }

    private final class Collections extends CollectionsGrpc.CollectionsImplBase {

        @Override
        public void list(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> observer) {
            answer(observer, () -> {
                ListCollectionsResponse.Builder names = ListCollectionsResponse.newBuilder();
                collections
                        .keySet()
                        .forEach(name -> names.addCollections(
                                CollectionDescription.newBuilder().setName(name)));
                return names.build();
            });
        }

        @Override
        public void collectionExists(
                CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> observer) {
            answer(
                    observer,
                    () -> CollectionExistsResponse.newBuilder()
                            .setResult(CollectionExists.newBuilder()
                                    .setExists(collections.containsKey(request.getCollectionName())))
                            .build());
        }

        @Override
        public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> observer) {
            answer(observer, () -> {
                DoubleCollection collection = new DoubleCollection(request);
                if (collections.putIfAbsent(request.getCollectionName(), collection) != null) {
                    throw Status.ALREADY_EXISTS
                            .withDescription("Collection already exists")
                            .asRuntimeException();
                }
                return CollectionOperationResponse.newBuilder().setResult(true).build();
            });
        }
    }

    private final class Points extends PointsGrpc.PointsImplBase {

        @Override
        public void createFieldIndex(
                CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
            answer(observer, () -> {
                collection(request.getCollectionName()).index(request);
                return done();
            });
        }

        @Override
        public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> observer) {
            answer(observer, () -> {
                collection(request.getCollectionName()).upsert(request);
                return done();
            });
        }

        @Override
        public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> observer) {
            answer(observer, () -> {
                collection(request.getCollectionName()).delete(request);
                return done();
            });
        }

        @Override
        public void count(CountPoints request, StreamObserver<CountResponse> observer) {
            answer(
                    observer,
                    () -> CountResponse.newBuilder()
                            .setResult(CountResult.newBuilder()
                                    .setCount(collection(request.getCollectionName())
                                            .count(request)))
                            .build());
        }

        @Override
        public void query(QueryPoints request, StreamObserver<QueryResponse> observer) {
            answer(
                    observer,
                    () -> QueryResponse.newBuilder()
                            .addAllResult(
                                    collection(request.getCollectionName()).query(request))
                            .build());
        }

        @Override
        public void facet(FacetCounts request, StreamObserver<FacetResponse> observer) {
            answer(
                    observer,
                    () -> FacetResponse.newBuilder()
                            .addAllHits(collection(request.getCollectionName()).facet(request))
                            .build());
        }
    }
}
