package io.switchboard.knowledge;

/** Where a document's text comes from. */
public enum DocumentKind {
    FILE,
    FAQ
}
