package io.switchboard.retrieval;

import java.util.List;

/** Reads a question together with each passage and says how well the passage answers it; slower and finer than vectors. */
public interface Reranker {

    /** Name of the model. */
    String model();

    /**
     * A score for each text, in order; only their order counts.
     *
     * @throws RerankerException if there are no scores in time; the search goes on without them
     */
    List<Double> score(String question, List<String> texts);
}
