package io.switchboard.probing;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import net.bytebuddy.asm.Advice;

/** Changes the statements that the running program sends to PostgreSQL, as a mistake in our code would. */
public final class SqlMutation {

    private static final Pattern TENANT_CONDITION = Pattern.compile("(?:\\w+\\.)?tenant_id\\s*=\\s*\\?");

    /** What is done to every statement; nothing unless a mutant is alive. */
    public static volatile UnaryOperator<String> rewrite = UnaryOperator.identity();

    private SqlMutation() {}

    /** Forgets the tenant in every condition of a statement on this table. */
    static UnaryOperator<String> withoutConditionOn(String table) {
        Pattern onTable = Pattern.compile("(?i)\\b(from|join|update)\\s+\"?" + table + "\"?\\b");
        return sql ->
                onTable.matcher(sql).find() ? TENANT_CONDITION.matcher(sql).replaceAll("($0 or true)") : sql;
    }

    /** Woven into the driver. */
    static final class OnPrepare {

        private OnPrepare() {}

        @Advice.OnMethodEnter
        @SuppressWarnings("UnusedVariable") // what is assigned is what the driver gets
        static void enter(@Advice.Argument(value = 0, readOnly = false) String sql) {
            sql = SqlMutation.rewrite.apply(sql);
        }
    }
}
