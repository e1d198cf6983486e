package io.switchboard.ingestion.parsing;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Leaves out page numbers, and lines that come back at the top or bottom of most pages. */
final class PdfEdges {

    private static final int EDGE_LINES = 2;
    private static final int FEWEST_PAGES = 3;
    private static final double SHARE_OF_PAGES = 0.6;
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern PAGE_NUMBER =
            Pattern.compile("(?:[Pp]age )?[-–]? ?\\d{1,4} ?[-–]?(?: ?(?:/|of) ?\\d{1,4})?");

    private PdfEdges() {}

    static List<PdfLine> without(List<PdfLine> lines) {
        Map<Integer, List<PdfLine>> pages = lines.stream().collect(Collectors.groupingBy(PdfLine::page));
        Set<PdfLine> atEdge = new HashSet<>();
        pages.values().forEach(page -> atEdge.addAll(edges(page)));
        Map<String, Set<Integer>> pagesByText = new HashMap<>();
        atEdge.forEach(line -> pagesByText
                .computeIfAbsent(withoutDigits(line), _ -> new HashSet<>())
                .add(line.page()));
        double most = Math.max(FEWEST_PAGES, pages.size() * SHARE_OF_PAGES);
        return lines.stream()
                .filter(line -> !atEdge.contains(line)
                        || !(isPageNumber(line)
                                || pagesByText
                                                .getOrDefault(withoutDigits(line), Set.of())
                                                .size()
                                        >= most))
                .toList();
    }

    private static List<PdfLine> edges(List<PdfLine> page) {
        List<PdfLine> sorted =
                page.stream().sorted(Comparator.comparingDouble(PdfLine::top)).toList();
        int first = Math.min(EDGE_LINES, sorted.size());
        int last = Math.max(first, sorted.size() - EDGE_LINES);
        return Stream.concat(sorted.subList(0, first).stream(), sorted.subList(last, sorted.size()).stream())
                .toList();
    }

    private static boolean isPageNumber(PdfLine line) {
        return PAGE_NUMBER.matcher(line.text()).matches();
    }

    private static String withoutDigits(PdfLine line) {
        return DIGITS.matcher(line.text()).replaceAll("#");
    }
}
