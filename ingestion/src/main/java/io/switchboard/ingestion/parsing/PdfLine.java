package io.switchboard.ingestion.parsing;

/**
 * A line of type on a page.
 *
 * @param page from 0
 * @param size of most of its letters, in points
 * @param bold whether most of its letters are
 * @param top distance of the base line from the top of the page, in points
 */
record PdfLine(int page, String text, float size, boolean bold, float left, float right, float top) {}
