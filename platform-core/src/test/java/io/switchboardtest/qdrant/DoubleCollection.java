package io.switchboardtest.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetHit;
import io.qdrant.client.grpc.Points.FacetValue;
import io.qdrant.client.grpc.Points.NamedVectorsOutput;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SparseVector;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A collection of Qdrant's in memory. Searches are exact; deletes and upserts are seen by the next call. */
public final class DoubleCollection {

    private final Map<String, VectorParams> dense;
    private final Set<String> sparse;
    private final Map<String, CreateFieldIndexCollection> indexes = new HashMap<>();
    private final Map<PointId, PointStruct> points = new LinkedHashMap<>();

    DoubleCollection(CreateCollection definition) {
        this.dense = definition.getVectorsConfig().getParamsMap().getMapMap();
        this.sparse = definition.getSparseVectorsConfig().getMapMap().keySet();
    }

    public VectorParams vectors(String name) {
        return dense.get(name);
    }

    public synchronized Map<String, CreateFieldIndexCollection> indexes() {
        return Map.copyOf(indexes);
    }

    public synchronized List<PointStruct> points() {
        return List.copyOf(points.values());
    }

    synchronized void index(CreateFieldIndexCollection request) {
        indexes.put(request.getFieldName(), request);
    }

    synchronized void upsert(UpsertPoints request) {
        request.getPointsList().forEach(this::check);
        request.getPointsList().forEach(point -> {
            points.remove(point.getId());
            points.put(point.getId(), point);
        });
    }

    private void check(PointStruct point) {
        point.getVectors().getVectors().getVectorsMap().forEach((name, vector) -> {
            VectorParams params = dense.get(name);
            if (params != null && vector.getDense().getDataCount() != params.getSize()) {
                throw refuse("Wrong input: Vector dimension error: expected dim: " + params.getSize() + ", got "
                        + vector.getDense().getDataCount());
            }
            if (params == null && !sparse.contains(name)) {
                throw refuse("Wrong input: Not existing vector name error: " + name);
            }
            if (params == null) {
                List<Integer> indices = vector.getSparse().getIndicesList();
                if (indices.isEmpty()
                        || new HashSet<>(indices).size() != indices.size()
                        || indices.size() != vector.getSparse().getValuesCount()) {
                    throw refuse("Wrong input: indices must be unique and as many as values");
                }
            }
        });
    }

    synchronized void delete(DeletePoints request) {
        if (!request.getPoints().hasFilter()) {
            throw Status.UNIMPLEMENTED
                    .withDescription("the double deletes by filter only")
                    .asRuntimeException();
        }
        points.values().removeAll(matching(request.getPoints().getFilter()));
    }

    synchronized long count(CountPoints request) {
        return matching(request.getFilter()).size();
    }

    private List<PointStruct> matching(Filter filter) {
        PointFilter points = new PointFilter(filter);
        return this.points.values().stream().filter(points).toList();
    }

    synchronized List<ScoredPoint> query(QueryPoints request) {
        if (!request.getQuery().hasNearest() || !request.hasUsing() || request.getPrefetchCount() > 0) {
            throw Status.UNIMPLEMENTED
                    .withDescription("the double finds nearest vectors by name only")
                    .asRuntimeException();
        }
        return matching(request.getFilter()).stream()
                .flatMap(point -> score(point, request).stream().map(score -> found(point, score, request)))
                .sorted(Comparator.comparingDouble(point -> -point.getScore()))
                .limit(request.hasLimit() ? request.getLimit() : 10)
                .toList();
    }

    private Optional<Float> score(PointStruct point, QueryPoints request) {
        Vector vector = point.getVectors().getVectors().getVectorsMap().get(request.getUsing());
        if (dense.containsKey(request.getUsing())) {
            return Optional.ofNullable(vector)
                    .map(present -> cosine(
                            present.getDense(), request.getQuery().getNearest().getDense()));
        }
        if (!sparse.contains(request.getUsing())) {
            throw refuse("Wrong input: Not existing vector name error: " + request.getUsing());
        }
        return Optional.ofNullable(vector)
                .flatMap(present -> product(
                        present.getSparse(), request.getQuery().getNearest().getSparse()));
    }

    private static float cosine(DenseVector one, DenseVector other) {
        if (one.getDataCount() != other.getDataCount()) {
            throw refuse("Wrong input: Vector dimension error");
        }
        double product = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.getDataCount(); i++) {
            product += one.getData(i) * other.getData(i);
            ones += one.getData(i) * one.getData(i);
            others += other.getData(i) * other.getData(i);
        }
        return ones == 0 || others == 0 ? 0 : (float) (product / Math.sqrt(ones * others));
    }

    /** Only points that share an element with the question are found. */
    private static Optional<Float> product(SparseVector one, SparseVector other) {
        Map<Integer, Float> values = new HashMap<>();
        for (int i = 0; i < one.getIndicesCount(); i++) {
            values.put(one.getIndices(i), one.getValues(i));
        }
        float sum = 0;
        boolean shared = false;
        for (int i = 0; i < other.getIndicesCount(); i++) {
            Float value = values.get(other.getIndices(i));
            if (value != null) {
                shared = true;
                sum += value * other.getValues(i);
            }
        }
        return shared ? Optional.of(sum) : Optional.empty();
    }

    private static ScoredPoint found(PointStruct point, float score, QueryPoints request) {
        ScoredPoint.Builder found =
                ScoredPoint.newBuilder().setId(point.getId()).setScore(score);
        Set<String> fields = Set.copyOf(request.getWithPayload().getInclude().getFieldsList());
        point.getPayloadMap().forEach((field, value) -> {
            if (fields.contains(field)) {
                found.putPayload(field, value);
            }
        });
        NamedVectorsOutput.Builder vectors = NamedVectorsOutput.newBuilder();
        for (String name : request.getWithVectors().getInclude().getNamesList()) {
            Vector vector = point.getVectors().getVectors().getVectorsMap().get(name);
            if (vector != null) {
                vectors.putVectors(
                        name,
                        VectorOutput.newBuilder().setSparse(vector.getSparse()).build());
            }
        }
        return found.setVectors(VectorsOutput.newBuilder().setVectors(vectors)).build();
    }

    /** Qdrant counts values of fields that have an index only. */
    synchronized List<FacetHit> facet(FacetCounts request) {
        if (!indexes.containsKey(request.getKey())) {
            throw refuse("Bad request: No appropriate index for faceting: `" + request.getKey() + "`");
        }
        Map<FacetValue, Long> counts = new LinkedHashMap<>();
        for (PointStruct point : matching(request.getFilter())) {
            Value value = point.getPayloadMap().get(request.getKey());
            if (value != null) {
                counts.merge(facetValue(value), 1L, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<FacetValue, Long>comparingByValue().reversed())
                .limit(request.hasLimit() ? request.getLimit() : 10)
                .map(entry -> FacetHit.newBuilder()
                        .setValue(entry.getKey())
                        .setCount(entry.getValue())
                        .build())
                .toList();
    }

    private static FacetValue facetValue(Value value) {
        return value.hasStringValue()
                ? FacetValue.newBuilder().setStringValue(value.getStringValue()).build()
                : FacetValue.newBuilder()
                        .setIntegerValue(value.getIntegerValue())
                        .build();
    }

    private static StatusRuntimeException refuse(String reason) {
        return Status.INVALID_ARGUMENT.withDescription(reason).asRuntimeException();
    }
}
