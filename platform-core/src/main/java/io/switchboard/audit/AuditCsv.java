package io.switchboard.audit;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180). A spreadsheet would run a cell that begins as a formula does, so such a cell begins with an
 * apostrophe, as OWASP advises against CSV injection.
 */
final class AuditCsv {

    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private AuditCsv() {}

    static void head(Appendable out) throws IOException {
        out.append("time,actor kind,actor,actor id,action,object,object id,detail,address,user agent\r\n");
    }

    static void line(AuditEntry entry, Appendable out) throws IOException {
        Stream<@Nullable Object> cells = Stream.of(
                entry.at(),
                entry.actor().kind(),
                entry.actor().name(),
                entry.actor().id(),
                entry.action(),
                entry.object(),
                entry.objectId(),
                entry.detail(),
                entry.origin().address(),
                entry.origin().agent());
        out.append(cells.map(AuditCsv::cell).collect(Collectors.joining(","))).append("\r\n");
    }

    static String cell(@Nullable Object value) {
        String text = Objects.toString(value, "");
        if (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("(?s).*[\",\r\n;\t].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
