package io.switchboard.retrieval.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.MergeTrigger;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;

/**
 * Joins segments that are too small for a graph as soon as they hold more chunks than are searched exactly. Without it, a tenant of 80,000
 * chunks has them in eight segments without a graph, and a search compares with every vector.
 */
final class GraphMergePolicy extends FilterMergePolicy {

    private final int exactUpTo;

    /** @param exactUpTo chunks that a segment without a graph holds at most */
    GraphMergePolicy(MergePolicy other, int exactUpTo) {
        super(other);
        this.exactUpTo = exactUpTo;
    }

    @Override
    public MergeSpecification findMerges(MergeTrigger trigger, SegmentInfos segments, MergeContext context)
            throws IOException {
        List<SegmentCommitInfo> small = new ArrayList<>();
        int chunks = 0;
        for (SegmentCommitInfo segment : segments) {
            if (segment.info.maxDoc() <= exactUpTo
                    && !context.getMergingSegments().contains(segment)) {
                small.add(segment);
                chunks += segment.info.maxDoc() - context.numDeletedDocs(segment);
            }
        }
        if (chunks <= exactUpTo) {
            return super.findMerges(trigger, segments, context);
        }
        MergeSpecification joined = new MergeSpecification();
        joined.add(new OneMerge(small));
        return joined;
    }
}
