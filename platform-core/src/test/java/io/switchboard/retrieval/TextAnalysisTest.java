package io.switchboard.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextAnalysisTest {

    private final TextAnalysis analysis = new TextAnalysis();

    @Test
    void brings_words_to_their_base_form_and_drops_function_words() {
        assertThat(analysis.terms("en", "The opening hours of the Museum's galleries"))
                .containsExactly("open", "hour", "museum", "galleri");
    }

    @Test
    void keeps_repetitions_in_order() {
        assertThat(analysis.terms("en", "ferry boat ferry")).containsExactly("ferri", "boat", "ferri");
    }

    @ParameterizedTest
    @CsvSource({
        "de, Öffnungszeiten der Museen, Öffnungszeit im Museum",
        "es, los horarios de apertura, el horario de aperturas",
        "fr, les heures d'ouverture, l'heure d'ouverture",
        "tr, kitaplar, kitap",
        "ru, билеты в музеи, билет в музей",
        "de-AT, Häuser, Haus"
    })
    void finds_a_word_in_another_form(String language, String one, String other) {
        assertThat(analysis.terms(language, one)).isNotEmpty().containsAnyElementsOf(analysis.terms(language, other));
    }

    @Test
    void cuts_a_language_without_analyzer_into_threes() {
        assertThat(analysis.terms("pl", "Godziny są")).containsExactly("god", "odz", "dzi", "zin", "iny", "są");
    }

    @Test
    void cuts_scripts_without_spaces_inside_any_language() {
        assertThat(analysis.terms("en", "opening 开放时间 hours")).containsExactly("open", "开放", "放时", "时间", "hour");
        assertThat(analysis.terms("en", "พิพิธภัณฑ์เปิดวันอาทิตย์"))
                .hasSizeGreaterThan(1)
                .contains("พิพิธภัณฑ์");
        assertThat(analysis.terms("en", "ສະບາຍດີ")).hasSizeGreaterThan(2);
    }

    @Test
    void makes_nothing_of_nothing() {
        assertThat(analysis.terms("en", " ?! ")).isEmpty();
        assertThat(analysis.terms("xx", "")).isEmpty();
    }
}
