package io.switchboard.knowledge;

/** Where a document's text comes from. */
public enum DocumentKind {
    FILE,
    /** A page of a web site, fetched anew whenever somebody asks for it. */
    PAGE,
    FAQ
}
