package io.switchboard.knowledge;

import io.switchboard.kernel.ChunkId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as it is stored, with what is needed to recognise it when its document is read again.
 *
 * @param byHand whether it stays without the document saying it
 * @param original what the document says, if a person changed the text or kept it when the document lost it
 * @param proposal what the document says now, where that is not what the person changed
 * @param vanished whether the document has lost it
 */
record ChunkRow(
        ChunkId id,
        List<String> headingPath,
        String text,
        int tokens,
        boolean byHand,
        boolean enabled,
        @Nullable String original,
        @Nullable Proposal proposal,
        boolean vanished,
        int revision,
        @Nullable Instant editedAt) {

    record Proposal(List<String> headingPath, String text) {

        String hash() {
            return hashOf(headingPath, text);
        }
    }

    ChunkRow {
        headingPath = List.copyOf(headingPath);
    }

    /** As a document has it. */
    static ChunkRow of(NewChunk chunk) {
        return new ChunkRow(
                ChunkId.next(),
                chunk.headingPath(),
                chunk.text(),
                chunk.tokens(),
                false,
                true,
                null,
                null,
                false,
                1,
                null);
    }

    /** As a person has it. */
    static ChunkRow byHand(List<String> headingPath, String text, int tokens, Instant at) {
        return new ChunkRow(ChunkId.next(), headingPath, text, tokens, true, true, null, null, false, 1, at);
    }

    static String hashOf(List<String> headingPath, String text) {
        return new NewChunk(headingPath, text, 0).textHash();
    }

    String textHash() {
        return hashOf(headingPath, text);
    }

    /** What the document said when the person looked at it. */
    String base() {
        return Objects.requireNonNullElse(original, text);
    }

    /** Hash of {@link #base}, where that is not the text itself. */
    @Nullable
    String originalHash() {
        return original == null ? null : hashOf(headingPath, original);
    }

    boolean edited() {
        return original != null && !original.equals(text);
    }

    /** Whether a person had a hand in it, so that it may not go without their knowledge. */
    boolean touched() {
        return byHand || edited() || !enabled || proposal != null || vanished;
    }

    @Nullable
    ChunkConflict conflict() {
        if (proposal != null) {
            return new ChunkConflict.Changed(proposal.headingPath(), proposal.text());
        }
        return vanished ? new ChunkConflict.Vanished() : null;
    }

    ChunkRow withText(String newText, int newTokens) {
        String said = base();
        boolean asBefore = !byHand && newText.equals(said);
        return new ChunkRow(
                id,
                headingPath,
                newText,
                newTokens,
                byHand,
                enabled,
                asBefore || (byHand && original == null) ? null : said,
                proposal,
                vanished,
                revision,
                editedAt);
    }

    ChunkRow withEnabled(boolean on) {
        return new ChunkRow(
                id, headingPath, text, tokens, byHand, on, original, proposal, vanished, revision, editedAt);
    }

    /** The document says it as before, maybe under another heading. */
    ChunkRow settledAt(List<String> headings) {
        return new ChunkRow(
                id,
                headings,
                text,
                tokens,
                false,
                enabled,
                edited() ? original : null,
                null,
                false,
                revision,
                editedAt);
    }

    /** The document says now what the person wrote. */
    ChunkRow agreedAt(List<String> headings) {
        return new ChunkRow(id, headings, text, tokens, false, enabled, null, null, false, revision, editedAt);
    }

    /** The document still says what it was found to say before, maybe under another heading. */
    ChunkRow stillProposing(Proposal now) {
        return new ChunkRow(id, headingPath, text, tokens, byHand, enabled, original, now, false, revision, editedAt);
    }

    ChunkRow proposing(Proposal now) {
        return new ChunkRow(
                id, headingPath, text, tokens, byHand, enabled, original, now, false, revision + 1, editedAt);
    }

    ChunkRow lost() {
        return vanished
                ? this
                : new ChunkRow(
                        id, headingPath, text, tokens, byHand, enabled, original, null, true, revision + 1, editedAt);
    }

    /** The person's text stands, over what the document says now. */
    ChunkRow keptOver(Proposal now, int proposedTokens) {
        boolean ownText = edited();
        return new ChunkRow(
                id,
                now.headingPath(),
                ownText ? text : now.text(),
                ownText ? tokens : proposedTokens,
                byHand,
                enabled,
                ownText ? now.text() : null,
                null,
                false,
                revision,
                editedAt);
    }

    /** The document's text stands, as if nobody had touched it. */
    ChunkRow replacedBy(List<String> headings, String newText, int newTokens) {
        return new ChunkRow(id, headings, newText, newTokens, false, true, null, null, false, revision, editedAt);
    }

    /** Stays although the document has lost it; it is recognised should the document say it again. */
    ChunkRow keptByHand() {
        return new ChunkRow(id, headingPath, text, tokens, true, enabled, base(), null, false, revision, editedAt);
    }

    ChunkRow changedAt(Instant at) {
        return new ChunkRow(
                id, headingPath, text, tokens, byHand, enabled, original, proposal, vanished, revision + 1, at);
    }
}
