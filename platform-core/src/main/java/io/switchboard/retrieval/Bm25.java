package io.switchboard.retrieval;

import org.apache.lucene.util.SmallFloat;

/** BM25 as Lucene computes it, for the stores that are not Lucene: with equal words, equal scores. */
public final class Bm25 {

    /** As Anserini runs BM25 on BEIR; measured best on SciFact. */
    public static final float K1 = 0.9f;

    /** As {@link #K1}. */
    public static final float B = 0.4f;

    private Bm25() {}

    /** A chunk's number of words as coarse as Lucene keeps it: exact up to 40, then with four significant bits. */
    public static int length(int words) {
        return SmallFloat.byte4ToInt(SmallFloat.intToByte4(words));
    }

    /**
     * Weight of a word by its rarity.
     *
     * @param chunks that have words
     * @param having of these, how many have this word
     */
    public static double rarity(long chunks, long having) {
        return Math.log(1 + (Math.max(0, chunks - having) + 0.5) / (having + 0.5));
    }
}
