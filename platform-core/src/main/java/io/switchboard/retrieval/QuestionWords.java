package io.switchboard.retrieval;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Words that make a question out of a wish and say nothing about its subject. Lucene's lists of function words are made for articles and
 * miss many of them, which hurts where the chunks are few and such a word is therefore rare.
 */
final class QuestionWords {

    private static final Map<String, String> BY_LANGUAGE =
            Map.of("en", """
            i me my mine we us our you your yours he she him her his its they them what which who whom whose when where why how
            am is are was were be been being do does did doing done have has had having can could may might must shall should
            will would please tell know want need like get got let give hi hello hey thanks thank there here any some about from
            also just so too very much many more than want wanted possible anyone something anything someone
            come came go goes going went bring brought take taken make made put use used using happen work works mean
            im ive id youre whats wheres hows dont doesnt cant couldnt wont don't doesn't can't i'm i'd i've what's where's how's
            """, "de", """
            bitte möchte möchten gibt hallo danke wann warum wieso wohin woher wieviel viel viele kannst könnt können könnte darf
            dürfen muss müssen soll sollte würde wissen sagen brauche habt eure euer ihr gern gerne mal denn
            """, "fr", """
            quand comment pourquoi où combien quel quelle quels quelles est-ce puis-je peut-on peux pouvez voudrais veux faut avoir
            bonjour merci svp plaît savoir dire
            """, "es", """
            cuándo cuando cómo como dónde donde cuánto cuánta cuántos cuántas cuál cuáles qué puedo puede pueden quiero quisiera
            necesito hay hola gracias favor saber decir
            """, "it", """
            quando come dove quanto quanta quanti quante quale quali posso può possono vorrei voglio serve ciao grazie favore
            sapere dire
            """, "pt", """
            quando como onde quanto quanta quantos quantas qual quais posso pode podem quero queria gostaria preciso há olá
            obrigado obrigada favor saber dizer
            """, "nl", """
            wanneer hoe waar hoeveel welke wat kan kunnen mag moet wil graag hallo bedankt dank weten zeggen
            """);

    private final TextAnalysis analysis;

    QuestionWords(TextAnalysis analysis) {
        this.analysis = analysis;
    }

    /** In base form, as the analysis of the language makes them. */
    Set<String> of(String language) {
        String words = BY_LANGUAGE.getOrDefault(language, "");
        return List.of(words.split("\\s+")).stream()
                .flatMap(word -> analysis.terms(language, word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
