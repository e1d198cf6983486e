package io.switchboard.answering;

import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.TenantEmbedders;
import io.switchboard.retrieval.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Reads cosines of embedding models on one scale, since each model has its own: 0 is a question beside an unrelated text, 1 is a
 * question beside the text that answers it, each in the middle of the cases.
 */
@Component
class SimilarityScale {

    private static final Logger log = LoggerFactory.getLogger(SimilarityScale.class);

    /** The model's cosines in the middle of the cases. */
    record Calibration(double unrelated, double matching) {}

    /** Measured on the 1,190 questions of XQuAD (English) and the paragraphs of their own and of other articles. */
    private static final Map<String, Calibration> KNOWN = Map.of("bge-small-en-v1.5-q", new Calibration(0.457, 0.730));

    /** A question and a text that answers it; the texts of the other pairs are unrelated. */
    private static final String[][] PAIRS = {
        {"When does the museum open?", "The museum opens at 10 am from Tuesday to Sunday and is closed on Mondays."},
        {
            "How do I reset my password?",
            "To reset your password, choose Forgotten password and follow the link in the mail."
        },
        {"What does shipping a parcel cost?", "Shipping costs 4.90 euros for parcels of up to two kilograms."},
        {"Who wrote the novel?", "The novel was written by a schoolteacher who never published another book."},
        {"Which medicine helps against fever?", "Paracetamol is a medicine against fever and lowers the temperature."},
        {"Are dogs allowed on the terrace?", "Dogs are welcome on the terrace as long as they are on a lead."},
        {"How long is the warranty?", "The warranty lasts 24 months, in which defects are repaired free of charge."},
        {"Where can I park my car?", "You can park cars in the garage with 200 spaces behind the town hall."},
        {
            "How is cheese made?",
            "To make cheese, milk is curdled with rennet, and the curd is pressed and left to ripen."
        },
        {"How fast do glaciers move?", "Glaciers move downhill by about a metre every day in summer."},
        {"When is the tax declaration due?", "The yearly tax declaration is due by the end of July."},
        {"How many players are in a football team?", "A football team has eleven players on the field at the kick-off."}
    };

    private final TenantEmbedders embedders;
    private final Calibrations calibrations;
    private final Map<String, Calibration> found = new ConcurrentHashMap<>();

    SimilarityScale(TenantEmbedders embedders, Calibrations calibrations) {
        this.embedders = embedders;
        this.calibrations = calibrations;
    }

    /** Where a cosine of question and text lies by the tenant's embedder; below 0 and above 1 for extreme ones. */
    double place(TenantId tenant, double cosine) {
        return place(embedders.of(tenant), cosine);
    }

    double place(Embedder embedder, double cosine) {
        Calibration scale = calibration(embedder);
        return (cosine - scale.unrelated()) / (scale.matching() - scale.unrelated());
    }

    private Calibration calibration(Embedder embedder) {
        Calibration known = found.get(embedder.model());
        if (known == null) {
            known = find(embedder);
            found.put(embedder.model(), known);
        }
        return known;
    }

    /** A model that is used for the first time is measured once, and what was found is kept for all later starts. */
    private Calibration find(Embedder embedder) {
        String model = embedder.model();
        Calibration known = KNOWN.get(model);
        if (known != null) {
            return known;
        }
        return calibrations.find(model).orElseGet(() -> {
            Calibration measured = measure(embedder);
            calibrations.keep(model, measured);
            log.info(
                    "Embedding model {} is new here; its cosines are read from {} (unrelated) to {} (an answer)",
                    model,
                    measured.unrelated(),
                    measured.matching());
            return measured;
        });
    }

    /** Finds the scale of a model that nobody measured, from a few pairs. */
    static Calibration measure(Embedder embedder) {
        List<float[]> texts = embedder.embedPassagesNow(
                Arrays.stream(PAIRS).map(pair -> pair[1]).toList());
        double[] matching = new double[PAIRS.length];
        double[] unrelated = new double[PAIRS.length];
        for (int i = 0; i < PAIRS.length; i++) {
            float[] question = embedder.embedQuery(PAIRS[i][0]);
            double nearest = -1;
            for (int j = 0; j < PAIRS.length; j++) {
                double cosine = Vectors.dot(question, texts.get(j));
                if (i == j) {
                    matching[i] = cosine;
                } else {
                    nearest = Math.max(nearest, cosine);
                }
            }
            unrelated[i] = nearest;
        }
        double noise = median(unrelated);
        return new Calibration(noise, Math.max(median(matching), noise + 0.05));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
