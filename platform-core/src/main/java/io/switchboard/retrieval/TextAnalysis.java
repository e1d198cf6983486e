package io.switchboard.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.th.ThaiTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.springframework.stereotype.Component;

/**
 * Turns text into the terms that are searched: words of a language in their base form, without its function words. Scripts that write no
 * spaces are recognised inside any text and cut in their own way: Chinese, Japanese and Korean into pairs of characters, Thai into
 * words, the others into threes of characters, as is text in a language without an analyzer.
 */
@Component
class TextAnalysis {

    private final LanguageAnalyzers languages = new LanguageAnalyzers();
    private final Analyzer pairs = new CJKAnalyzer();
    private final CharacterGrams grams = new CharacterGrams();
    private final Analyzer thai = new ThaiAnalyzer();

    /**
     * Terms in order, with repetitions.
     *
     * @param language ISO 639-1 code
     */
    List<String> terms(String language, String text) {
        List<String> terms = new ArrayList<>();
        for (ScriptRun run : ScriptRun.split(text)) {
            switch (run.writing()) {
                case SPACED ->
                    languages
                            .find(language)
                            .ifPresentOrElse(
                                    analyzer -> analyze(analyzer, run.text(), terms),
                                    () -> grams.addTo(terms, run.text()));
                case CJK -> analyze(pairs, run.text(), terms);
                case THAI -> {
                    if (ThaiTokenizer.DBBI_AVAILABLE) {
                        analyze(thai, run.text(), terms);
                    } else {
                        grams.addTo(terms, run.text());
                    }
                }
                case UNSPACED -> grams.addTo(terms, run.text());
            }
        }
        return terms;
    }

    private static void analyze(Analyzer analyzer, String text, List<String> terms) {
        try (TokenStream tokens = analyzer.tokenStream("terms", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(term.toString());
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory unreadable", e);
        }
    }
}
