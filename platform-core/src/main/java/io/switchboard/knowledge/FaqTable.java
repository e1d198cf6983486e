package io.switchboard.knowledge;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Questions and answers in a table, as spreadsheets write it: UTF-8, UTF-16 with its mark, or Windows-1252; separated by comma, semicolon or
 * tab. The columns are found by their names in the first line, in any order and among others; a table without such names has the question
 * in its first column and the answer in its second.
 */
final class FaqTable {

    private static final Set<String> QUESTION = Set.of(
            "question",
            "questions",
            "q",
            "faq",
            "frage",
            "fragen",
            "pregunta",
            "preguntas",
            "domanda",
            "domande",
            "vraag",
            "vragen",
            "pergunta",
            "perguntas",
            "pytanie",
            "soru",
            "fråga",
            "spørgsmål",
            "spørsmål",
            "kysymys",
            "вопрос",
            "السؤال",
            "سؤال");

    private static final Set<String> ANSWER = Set.of(
            "answer",
            "answers",
            "a",
            "antwort",
            "antworten",
            "réponse",
            "réponses",
            "reponse",
            "respuesta",
            "respuestas",
            "risposta",
            "risposte",
            "antwoord",
            "antwoorden",
            "resposta",
            "respostas",
            "odpowiedź",
            "cevap",
            "svar",
            "vastaus",
            "ответ",
            "الجواب",
            "جواب",
            "الإجابة");

    private static final List<Character> DELIMITERS = List.of(',', ';', '\t');
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private FaqTable() {}

    /** @param line where it begins in the file, from 1 */
    record Row(long line, String question, String answer) {}

    /** @throws IOException if it is no table: quotes are not closed, or follow each other in an impossible way */
    static List<Row> read(byte[] file) throws IOException {
        String text = decoded(file);
        List<Row> rows = new ArrayList<>();
        int question = 0;
        int answer = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format(text))) {
            long line = 1;
            boolean first = true;
            for (CSVRecord record : parser) {
                List<String> cells = record.toList();
                if (first && column(cells, QUESTION) >= 0 && column(cells, ANSWER) >= 0) {
                    question = column(cells, QUESTION);
                    answer = column(cells, ANSWER);
                } else if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
                    rows.add(new Row(line, cell(cells, question), cell(cells, answer)));
                }
                first = false;
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
        return rows;
    }

    private static int column(List<String> cells, Set<String> names) {
        for (int i = 0; i < cells.size(); i++) {
            if (names.contains(cells.get(i).strip().toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    private static String cell(List<String> cells, int column) {
        return column < cells.size() ? cells.get(column).strip() : "";
    }

    private static CSVFormat format(String text) {
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(false)
                .setTrailingData(true)
                .get();
    }

    /** The one that stands most often outside of quotes in the first line. */
    private static char delimiter(String text) {
        int[] counts = new int[DELIMITERS.size()];
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                break;
            } else if (!quoted && DELIMITERS.contains(c)) {
                counts[DELIMITERS.indexOf(c)]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return DELIMITERS.get(best);
    }

    private static String decoded(byte[] file) {
        if (begins(file, 0xFF, 0xFE) || begins(file, 0xFE, 0xFF)) {
            return new String(file, StandardCharsets.UTF_16);
        }
        int start = begins(file, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(file, start, file.length - start))
                    .toString();
        } catch (CharacterCodingException _) {
            return new String(file, WINDOWS);
        }
    }

    private static boolean begins(byte[] file, int... mark) {
        if (file.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((file[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
