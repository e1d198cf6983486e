package io.switchboardtest.qdrant;

import io.grpc.Status;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import java.util.List;
import java.util.function.Predicate;

/** Qdrant's filters, as far as we use them: all of "must" and none of "must not". A field matches if one of its values does. */
record PointFilter(Filter filter) implements Predicate<PointStruct> {

    PointFilter {
        if (filter.getShouldCount() > 0 || filter.hasMinShould()) {
            throw Status.UNIMPLEMENTED
                    .withDescription("the double knows must and must_not only")
                    .asRuntimeException();
        }
    }

    @Override
    public boolean test(PointStruct point) {
        return filter.getMustList().stream().allMatch(condition -> holds(condition, point))
                && filter.getMustNotList().stream().noneMatch(condition -> holds(condition, point));
    }

    private static boolean holds(Condition condition, PointStruct point) {
        if (condition.hasHasId()) {
            return condition.getHasId().getHasIdList().contains(point.getId());
        }
        if (!condition.hasField() || !condition.getField().hasMatch()) {
            throw Status.UNIMPLEMENTED
                    .withDescription("the double does not know this condition")
                    .asRuntimeException();
        }
        Value value = point.getPayloadMap().get(condition.getField().getKey());
        if (value == null) {
            return false;
        }
        List<Value> values = value.hasListValue() ? value.getListValue().getValuesList() : List.of(value);
        return values.stream().anyMatch(each -> matches(condition.getField().getMatch(), each));
    }

    private static boolean matches(Match match, Value value) {
        return switch (match.getMatchValueCase()) {
            case KEYWORD -> value.hasStringValue() && value.getStringValue().equals(match.getKeyword());
            case KEYWORDS ->
                value.hasStringValue() && match.getKeywords().getStringsList().contains(value.getStringValue());
            case INTEGER -> value.hasIntegerValue() && value.getIntegerValue() == match.getInteger();
            default ->
                throw Status.UNIMPLEMENTED
                        .withDescription("the double does not know this match")
                        .asRuntimeException();
        };
    }
}
