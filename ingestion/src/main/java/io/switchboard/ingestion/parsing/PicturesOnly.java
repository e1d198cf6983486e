package io.switchboard.ingestion.parsing;

/** The file holds pictures of text, and nobody was named to read them. */
final class PicturesOnly extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
