package io.switchboard.ingestion.chunking;

import io.switchboard.ingestion.parsing.Block;
import io.switchboard.ingestion.parsing.Block.Kind;
import io.switchboard.knowledge.NewChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Splits a document into chunks: never across a heading, whole paragraphs, list items and table rows as long as they fit, and sentences of a
 * paragraph that does not. Every chunk carries the title and the headings above it. Of a table that needs several chunks, each begins with
 * the table's first row.
 */
public final class Chunker {

    /**
     * Longest text of a chunk in tokens, unless the embedder takes less. Of the gold excerpts in our measurements, chunks of 200 and 400
     * tokens under hybrid search bring the same share (92.3 and 92.7 %); dense search alone likes them shorter.
     */
    private static final int MAX_TOKENS = 320;

    /** Of the embedder's input, the heading path may take this share. */
    private static final int PATH_SHARE = 4;

    private final TokenCounter tokens;
    private final int embedderTokens;
    private final Locale language;

    /**
     * @param embedderTokens longest input of the embedder
     * @param language for the ends of sentences
     */
    public Chunker(TokenCounter tokens, int embedderTokens, Locale language) {
        this.tokens = tokens;
        this.embedderTokens = embedderTokens;
        this.language = language;
    }

    /** @param title first element of every heading path */
    public List<NewChunk> chunk(String title, List<Block> blocks) {
        List<NewChunk> chunks = new ArrayList<>();
        HeadingPath path = new HeadingPath(title);
        List<Block> section = new ArrayList<>();
        for (Block block : blocks) {
            if (block.kind() != Kind.HEADING) {
                section.add(block);
                continue;
            }
            endSection(path, section, block, chunks);
            path.enter(block.level(), block.text());
        }
        endSection(path, section, null, chunks);
        return chunks;
    }

    /** @param next heading that ends the section; null at the end of the document */
    private void endSection(HeadingPath path, List<Block> section, @Nullable Block next, List<NewChunk> chunks) {
        if (section.isEmpty()) {
            // A heading without text of its own is kept by the headings below it, or else as text.
            String lonely = path.leaf();
            if (lonely != null && (next == null || next.level() <= path.leafLevel())) {
                chunks.add(new NewChunk(shortened(path.aboveLeaf()), lonely, tokens.count(lonely)));
            }
            return;
        }
        List<String> headings = shortened(path.all());
        int pathTokens = tokens.count(String.join(" > ", headings));
        int limit = Math.max(16, Math.min(MAX_TOKENS, embedderTokens - pathTokens - 8));
        Packer packer = new Packer(headings, limit, tokens, new Sentences(language, tokens));
        section.forEach(packer::add);
        chunks.addAll(packer.finish());
        section.clear();
    }

    /** Leaves out headings in the middle, then cuts the words, until the path leaves the text its room. */
    private List<String> shortened(List<String> path) {
        int most = embedderTokens / PATH_SHARE;
        List<String> shorter = new ArrayList<>(path);
        while (shorter.size() > 2 && tokens.count(String.join(" > ", shorter)) > most) {
            shorter.remove(1);
        }
        if (tokens.count(String.join(" > ", shorter)) <= most) {
            return shorter;
        }
        return shorter.stream()
                .map(heading -> heading.length() <= most ? heading : heading.substring(0, most) + "…")
                .toList();
    }
}
