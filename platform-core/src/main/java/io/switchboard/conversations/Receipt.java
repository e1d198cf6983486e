package io.switchboard.conversations;

/** What became of delivered messages: rows written, and those that were there already. */
public record Receipt(int stored, int duplicates) {}
