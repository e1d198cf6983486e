package io.switchboard.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts, questions, and which text answers which question.
 *
 * @param language ISO 639-1 code
 * @param relevant for each question the titles of the texts that answer it, as {@link #key} writes them
 */
record TestCollection(String name, String language, List<Text> texts, Map<String, Set<String>> relevant) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Titles of two texts may be the same; either counts as found then. */
    record Text(String title, String words) {}

    /** SciFact in BEIR's layout: {@code corpus.jsonl}, {@code queries.jsonl}, {@code qrels/test.tsv}. */
    static TestCollection scifact(Path directory) throws IOException {
        Map<String, Text> texts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(directory.resolve("corpus.jsonl"))) {
            JsonNode text = JSON.readTree(line);
            texts.put(
                    text.path("_id").asString(),
                    new Text(text.path("title").asString(), text.path("text").asString()));
        }
        Map<String, String> questions = new HashMap<>();
        for (String line : Files.readAllLines(directory.resolve("queries.jsonl"))) {
            JsonNode question = JSON.readTree(line);
            questions.put(question.path("_id").asString(), question.path("text").asString());
        }
        Map<String, Set<String>> relevant = new LinkedHashMap<>();
        List<String> judgements = Files.readAllLines(directory.resolve("qrels").resolve("test.tsv"));
        for (String line : judgements.subList(1, judgements.size())) {
            String[] judgement = line.split("\t", -1);
            if (Integer.parseInt(judgement[2]) > 0) {
                relevant.computeIfAbsent(questions.get(judgement[0]), _ -> new HashSet<>())
                        .add(key(texts.get(judgement[1]).title()));
            }
        }
        return new TestCollection("SciFact", "en", List.copyOf(texts.values()), relevant);
    }

    /** XQuAD of one language, in SQuAD's layout; paragraphs are the texts. */
    static TestCollection xquad(Path file, String language) throws IOException {
        List<Text> texts = new ArrayList<>();
        Map<String, Set<String>> relevant = new LinkedHashMap<>();
        for (JsonNode article : JSON.readTree(file.toFile()).path("data")) {
            for (JsonNode paragraph : article.path("paragraphs")) {
                String title = "Paragraph " + texts.size();
                texts.add(new Text(title, paragraph.path("context").asString()));
                for (JsonNode question : paragraph.path("qas")) {
                    relevant.computeIfAbsent(question.path("question").asString(), _ -> new HashSet<>())
                            .add(key(title));
                }
            }
        }
        return new TestCollection("XQuAD " + language, language, texts, relevant);
    }

    /** What stays of a title when it has been through a document: letters and digits. */
    static String key(String title) {
        return NO_LETTER.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
