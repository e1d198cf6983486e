package io.switchboard.retrieval.lucene;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's current codec, but without a graph in segments that are small enough to search exactly, and for vectors of up to 4,096
 * dimensions. What it writes is read by Lucene's own codec: both keep its names.
 */
final class ChunkCodec extends Lucene104Codec {

    private final VectorsFormat vectors;

    /** @param exactUpTo chunks in a segment without a graph */
    ChunkCodec(int exactUpTo) {
        this.vectors = new VectorsFormat(exactUpTo);
    }

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return vectors;
    }

    private static final class VectorsFormat extends KnnVectorsFormat {

        private static final int MAX_DIMENSIONS = 4096;

        /** The graph that was measured. */
        private static final int NEIGHBOURS = 16;

        private static final int CHOSEN_AMONG = 200;

        private final Lucene99HnswVectorsFormat graph;

        VectorsFormat(int exactUpTo) {
            this(new Lucene99HnswVectorsFormat(NEIGHBOURS, CHOSEN_AMONG, 1, null, threshold(exactUpTo)));
        }

        private VectorsFormat(Lucene99HnswVectorsFormat graph) {
            super(graph.getName());
            this.graph = graph;
        }

        /** Lucene makes a graph of n vectors if n is more than this times the natural logarithm of n. */
        private static int threshold(int exactUpTo) {
            return (int) (exactUpTo / Math.log(exactUpTo));
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return graph.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return graph.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MAX_DIMENSIONS;
        }
    }
}
