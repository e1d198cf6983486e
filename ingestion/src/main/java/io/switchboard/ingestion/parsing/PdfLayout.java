package io.switchboard.ingestion.parsing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Makes headings and paragraphs of lines. Body type is the size most letters have. A short passage in larger type, or in bold where the body
 * is not, is a heading; larger type ranks higher. Lines in columns are rows of a table.
 */
final class PdfLayout {

    private static final float LARGER = 1.12f;
    private static final int LONGEST_HEADING = 140;
    private static final int LONGEST_BOLD_HEADING = 80;

    /** A gap of this many usual line distances starts a paragraph. */
    private static final float PARAGRAPH_GAP = 1.35f;

    private static final Pattern ITEM = Pattern.compile("^(?:[•·▪◦‣●○■–*\\-]|\\(?\\d{1,2}[.)]|[a-z]\\))\\s+.*");
    private static final Pattern SENTENCE_END = Pattern.compile(".*[.!?:;…。！？]['\")\\]”»]*$");
    private static final Pattern HYPHENATED = Pattern.compile("(?s).*\\p{L}-$");

    private final List<PdfLine> lines;
    private final float body;
    private final boolean bodyBold;
    private final float pitch;
    private final List<Float> headingSizes;

    PdfLayout(List<PdfLine> all) {
        this.lines = PdfEdges.without(all);
        this.body = bodySize(lines);
        this.bodyBold = letters(lines, true) * 2 > letters(lines, true) + letters(lines, false);
        this.pitch = usualPitch(lines);
        this.headingSizes = lines.stream()
                .filter(line -> line.size() >= body * LARGER && line.text().length() <= LONGEST_HEADING)
                .map(PdfLine::size)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    void write(BlockSink sink) {
        List<PdfLine> passage = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            PdfLine line = lines.get(i);
            if (isTableRow(i)) {
                write(passage, sink);
                passage.clear();
                sink.tableRow(line.cells());
                continue;
            }
            if (!passage.isEmpty() && startsPassage(passage.getLast(), line)) {
                write(passage, sink);
                passage.clear();
            }
            passage.add(line);
        }
        write(passage, sink);
    }

    /** One line with wide gaps may be anything; two that follow each other are a table. */
    private boolean isTableRow(int index) {
        return hasColumns(index) && (hasColumns(index - 1) || hasColumns(index + 1));
    }

    private boolean hasColumns(int index) {
        return index >= 0 && index < lines.size() && lines.get(index).cells().size() > 1;
    }

    private void write(List<PdfLine> passage, BlockSink sink) {
        if (passage.isEmpty()) {
            return;
        }
        String text = join(passage);
        int level = headingLevel(passage.getFirst(), text);
        if (level > 0) {
            sink.heading(level, text);
            return;
        }
        sink.paragraph(text);
    }

    /** 0 if it is no heading. */
    private int headingLevel(PdfLine first, String text) {
        if (text.length() > LONGEST_HEADING || text.chars().noneMatch(Character::isLetter)) {
            return 0;
        }
        if (first.size() >= body * LARGER) {
            return Math.min(6, headingSizes.indexOf(first.size()) + 1);
        }
        boolean stands = first.bold()
                && !bodyBold
                && first.size() >= body * 0.95f
                && text.length() <= LONGEST_BOLD_HEADING
                && !SENTENCE_END.matcher(text).matches()
                && !ITEM.matcher(text).matches();
        return stands ? Math.min(7, headingSizes.size() + 1) : 0;
    }

    private boolean startsPassage(PdfLine before, PdfLine line) {
        boolean otherWeight = line.bold() != before.bold() && !bodyBold;
        if (otherWeight || Math.abs(line.size() - before.size()) > 0.5f) {
            return true;
        }
        if (ITEM.matcher(line.text()).matches()) {
            return true;
        }
        float gap = line.top() - before.top();
        if (line.page() != before.page() || gap < 0) {
            return SENTENCE_END.matcher(before.text()).matches();
        }
        float usual = Math.max(pitch * (line.size() / body), line.size());
        return gap > usual * PARAGRAPH_GAP;
    }

    private static String join(List<PdfLine> passage) {
        StringBuilder text = new StringBuilder(passage.getFirst().text());
        for (PdfLine line : passage.subList(1, passage.size())) {
            boolean hyphenated = HYPHENATED.matcher(text).matches()
                    && Character.isLowerCase(line.text().codePointAt(0));
            if (hyphenated) {
                text.setLength(text.length() - 1);
                text.append(line.text());
            } else {
                text.append(' ').append(line.text());
            }
        }
        return text.toString();
    }

    private static float bodySize(List<PdfLine> lines) {
        Map<Float, Integer> letters = new HashMap<>();
        lines.forEach(line -> letters.merge(line.size(), line.text().length(), Integer::sum));
        return letters.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(10f);
    }

    private static long letters(List<PdfLine> lines, boolean bold) {
        return lines.stream()
                .filter(line -> line.bold() == bold)
                .mapToLong(line -> line.text().length())
                .sum();
    }

    /** Median distance of lines that follow each other on a page. */
    private static float usualPitch(List<PdfLine> lines) {
        List<Float> gaps = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            float gap = lines.get(i).top() - lines.get(i - 1).top();
            if (lines.get(i).page() == lines.get(i - 1).page() && gap > 0) {
                gaps.add(gap);
            }
        }
        gaps.sort(Comparator.naturalOrder());
        // The lower third: with many short paragraphs the median would be the gap between them.
        return gaps.isEmpty() ? 12f : gaps.get(gaps.size() / 3);
    }
}
