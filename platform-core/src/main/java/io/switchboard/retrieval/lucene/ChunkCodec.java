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

    @Override
    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
        return new VectorsFormat();
    }

    private static final class VectorsFormat extends KnnVectorsFormat {

        private static final int MAX_DIMENSIONS = 4096;

        /** The graph that was measured: 16 neighbours, chosen among 200. */
        private static final Lucene99HnswVectorsFormat GRAPH =
                new Lucene99HnswVectorsFormat(16, 200, 1, null, DenseSearch.EXACT_UP_TO);

        VectorsFormat() {
            super(GRAPH.getName());
        }

        @Override
        public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
            return GRAPH.fieldsWriter(state);
        }

        @Override
        public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
            return GRAPH.fieldsReader(state);
        }

        @Override
        public int getMaxDimensions(String field) {
            return MAX_DIMENSIONS;
        }
    }
}
