package io.switchboard.retrieval;

/** Arithmetic of embeddings. */
public final class Vectors {

    private Vectors() {}

    /** The same direction with length 1; the zero vector stays. */
    public static float[] normalize(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        if (length == 0) {
            return vector.clone();
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    /** The cosine, if both have length 1. */
    public static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    /** Adds a multiple of one vector to another in place. */
    static void add(float[] sum, float[] vector, float factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }
}
