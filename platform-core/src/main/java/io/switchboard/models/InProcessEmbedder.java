package io.switchboard.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.switchboard.retrieval.Embedder;
import io.switchboard.retrieval.EmbedderException;
import io.switchboard.retrieval.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * bge-small-en-v1.5, quantised to 8 bits, on ONNX Runtime inside this process: English, 384 dimensions, no network. The model loads in the
 * background, so the program does not wait for it. Each text is a run of its own on one thread: bigger batches are slower because of padding,
 * and a text's vector does not depend on its neighbours.
 */
final class InProcessEmbedder implements Embedder, AutoCloseable {

    static final String MODEL = "bge-small-en-v1.5-q";

    private static final String MODEL_FILE = "/bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER_FILE = "/bge-small-en-v1.5-q-tokenizer.json";
    private static final String OUTPUT = "last_hidden_state";
    private static final int DIMENSION = 384;

    /** 512 positions less the start and end markers. */
    private static final int MAX_PIECES = 510;

    /** How bge wants questions marked; see https://huggingface.co/BAAI/bge-small-en-v1.5. */
    private static final String QUERY_PREFIX = "Represent this sentence for searching relevant passages: ";

    private final int processors = Runtime.getRuntime().availableProcessors();
    private final CompletableFuture<WordPieceTokenizer> tokenizer;
    private final CompletableFuture<OrtSession> session;

    /** What answers wait for does not wait behind documents, and neither blocks a virtual thread's carrier. */
    private final ExecutorService questions;

    private final ExecutorService passages;

    InProcessEmbedder() {
        this.questions = threads("embed-question", processors);
        this.passages = threads("embed-passage", processors);
        this.tokenizer = inBackground("load-tokenizer", InProcessEmbedder::loadTokenizer);
        this.session = inBackground("load-embedder", InProcessEmbedder::loadModel);
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public int maxTokens() {
        return MAX_PIECES;
    }

    @Override
    public boolean understands(String language) {
        return language.equals("en");
    }

    @Override
    public int countTokens(String text) {
        return tokenizer.join().count(text);
    }

    @Override
    public int callsAtOnce() {
        return processors;
    }

    @Override
    public List<float[]> embedPassages(List<String> texts) {
        return embed(texts, passages);
    }

    @Override
    public List<float[]> embedPassagesNow(List<String> texts) {
        return embed(texts, questions);
    }

    private List<float[]> embed(List<String> texts, ExecutorService threads) {
        List<Future<float[]>> running =
                texts.stream().map(text -> threads.submit(() -> embed(text))).toList();
        List<float[]> vectors = new ArrayList<>(texts.size());
        try {
            for (Future<float[]> vector : running) {
                vectors.add(await(vector));
            }
        } finally {
            running.forEach(vector -> vector.cancel(false));
        }
        return vectors;
    }

    @Override
    public float[] embedQuery(String text) {
        return await(questions.submit(() -> embed(QUERY_PREFIX + text)));
    }

    private float[] embed(String text) throws OrtException {
        long[] ids = tokenizer.join().encode(text, MAX_PIECES);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {1, ids.length};
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
                OrtSession.Result result = session.join()
                        .run(
                                Map.of("input_ids", idTensor, "attention_mask", mask, "token_type_ids", types),
                                Set.of(OUTPUT))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] vector = new float[DIMENSION];
            states.get(vector);
            return Vectors.normalize(vector);
        }
    }

    static WordPieceTokenizer loadTokenizer() {
        try (InputStream file = resource(TOKENIZER_FILE)) {
            return WordPieceTokenizer.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("tokenizer unreadable: " + TOKENIZER_FILE, e);
        }
    }

    private static OrtSession loadModel() {
        try (InputStream file = resource(MODEL_FILE);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return OrtEnvironment.getEnvironment().createSession(file.readAllBytes(), options);
        } catch (IOException e) {
            throw new UncheckedIOException("embedding model unreadable: " + MODEL_FILE, e);
        } catch (OrtException e) {
            throw new EmbedderException("embedding model does not load: " + MODEL_FILE, e);
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream file = InProcessEmbedder.class.getResourceAsStream(name);
        if (file == null) {
            throw new IOException("not on the class path: " + name);
        }
        return file;
    }

    private static float[] await(Future<float[]> vector) {
        try {
            return vector.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbedderException("interrupted while embedding", e);
        } catch (ExecutionException e) {
            throw new EmbedderException("the in-process model failed", e);
        }
    }

    private static <T> CompletableFuture<T> inBackground(String name, Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name(name).start(task));
    }

    private static ExecutorService threads(String name, int count) {
        return Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    }

    /** Lets running texts finish, then frees the model's memory. */
    @Override
    public void close() {
        passages.shutdownNow();
        questions.close();
        passages.close();
        session.thenAccept(InProcessEmbedder::free).join();
    }

    private static void free(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new EmbedderException("embedding model does not close", e);
        }
    }
}
