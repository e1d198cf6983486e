package io.switchboard.ingestion.parsing;

import java.util.List;

/**
 * A line of type on a page.
 *
 * @param cells its text, in parts where wide gaps are
 * @param page from 0
 * @param size of most of its letters, in points
 * @param bold whether most of its letters are
 * @param top distance of the base line from the top of the page, in points
 */
record PdfLine(int page, List<String> cells, float size, boolean bold, float top) {

    PdfLine {
        cells = List.copyOf(cells);
    }

    String text() {
        return String.join(" ", cells);
    }
}
