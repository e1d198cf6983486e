package io.switchboard.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param next cursor of the following slice; null at the end
 */
public record Slice<T>(List<T> items, @Nullable String next) {

    public Slice {
        items = List.copyOf(items);
    }

    /**
     * Cuts a result that was read with one row more than asked for.
     *
     * @param rows at most {@code limit + 1} rows
     * @param cursor what the next request passes to continue after a row
     */
    public static <T> Slice<T> cut(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Slice<>(rows, null);
        }
        return new Slice<>(rows.subList(0, limit), cursor.apply(rows.get(limit - 1)));
    }

    public <R> Slice<R> map(Function<? super T, ? extends R> change) {
        return new Slice<>(items.stream().<R>map(change).toList(), next);
    }
}
