package io.switchboard.ui.parts;

import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads lists slice by slice. */
public final class Pages {

    private Pages() {}

    /** The first items of a list. */
    public static <T> List<T> first(int count, Function<PageRequest, Slice<T>> list) {
        List<T> items = new ArrayList<>();
        @Nullable String after = null;
        do {
            Slice<T> slice = list.apply(new PageRequest(Math.min(count - items.size(), PageRequest.MAX_LIMIT), after));
            items.addAll(slice.items());
            after = slice.next();
        } while (after != null && items.size() < count);
        return items;
    }

    /** The last items of a list, in its order. */
    public static <T> List<T> last(int count, Function<PageRequest, Slice<T>> list) {
        List<T> items = new ArrayList<>();
        @Nullable String after = null;
        do {
            Slice<T> slice = list.apply(new PageRequest(PageRequest.MAX_LIMIT, after));
            items.addAll(slice.items());
            if (items.size() > count) {
                items.subList(0, items.size() - count).clear();
            }
            after = slice.next();
        } while (after != null);
        return items;
    }
}
