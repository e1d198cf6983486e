package io.switchboard.retrieval;

import io.switchboard.kernel.TenantId;
import java.util.List;

/**
 * A question's vector, alone and among the questions before it.
 *
 * @param inContext the same as {@code alone} if there were none
 */
record QuestionVectors(float[] alone, float[] inContext, boolean hasContext) {

    /** Measured on follow-up questions: half the weight, three questions back. */
    private static final float WEIGHT_OF_PREVIOUS = 0.5f;

    static final int PREVIOUS_QUESTIONS = 3;

    static QuestionVectors of(
            RecentVectors vectors, TenantId tenant, Embedder embedder, String question, List<String> previous) {
        float[] alone = vectors.ofQuestion(tenant, embedder, question);
        List<String> recent = previous.subList(Math.max(0, previous.size() - PREVIOUS_QUESTIONS), previous.size());
        if (recent.isEmpty()) {
            return new QuestionVectors(alone, alone, false);
        }
        float[] sum = alone.clone();
        for (String before : recent) {
            Vectors.add(sum, vectors.ofQuestion(tenant, embedder, before), WEIGHT_OF_PREVIOUS / recent.size());
        }
        return new QuestionVectors(alone, Vectors.normalize(sum), true);
    }
}
