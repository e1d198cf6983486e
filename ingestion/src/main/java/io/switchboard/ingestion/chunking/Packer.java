package io.switchboard.ingestion.chunking;

import io.switchboard.ingestion.parsing.Block;
import io.switchboard.ingestion.parsing.Block.Kind;
import io.switchboard.knowledge.NewChunk;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills chunks of one section with its blocks, in order. */
final class Packer {

    private final List<String> headings;
    private final int limit;
    private final TokenCounter tokens;
    private final Sentences sentences;
    private final List<NewChunk> chunks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int used;
    private @Nullable Kind last;
    private @Nullable String tableHead;

    Packer(List<String> headings, int limit, TokenCounter tokens, Sentences sentences) {
        this.headings = headings;
        this.limit = limit;
        this.tokens = tokens;
        this.sentences = sentences;
    }

    void add(Block block) {
        String shown = block.kind() == Kind.LIST_ITEM ? "- " + block.text() : block.text();
        if (block.kind() != Kind.TABLE_ROW) {
            tableHead = null;
        } else if (tableHead == null) {
            tableHead = shown;
        }
        int length = tokens.count(shown);
        if (length <= limit) {
            append(block.kind(), shown, length);
            return;
        }
        for (String piece : sentences.split(shown, limit)) {
            append(block.kind(), piece, tokens.count(piece));
        }
    }

    private void append(Kind kind, String piece, int length) {
        if (used > 0 && used + length > limit) {
            endChunk();
            repeatTableHead(kind, piece, length);
        }
        if (used > 0) {
            text.append(kind == last && kind != Kind.PARAGRAPH ? "\n" : "\n\n");
        }
        text.append(piece);
        used += length;
        last = kind;
    }

    private void repeatTableHead(Kind kind, String piece, int length) {
        String head = tableHead;
        if (kind != Kind.TABLE_ROW || head == null || head.equals(piece)) {
            return;
        }
        int headLength = tokens.count(head);
        if (headLength + length <= limit) {
            text.append(head);
            used = headLength;
            last = kind;
        }
    }

    private void endChunk() {
        chunks.add(new NewChunk(headings, text.toString(), used));
        text.setLength(0);
        used = 0;
    }

    List<NewChunk> finish() {
        if (used > 0) {
            endChunk();
        }
        return chunks;
    }
}
