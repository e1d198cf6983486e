package io.switchboard.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentLanguageTest {

    private final DocumentLanguage languages = new DocumentLanguage();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        en | The museum opens at nine in the morning. Dogs may enter the garden on a lead. A ticket costs twelve euros.
        de | Das Museum öffnet um neun Uhr. Hunde dürfen an der Leine in den Garten. Eine Karte kostet zwölf Euro.
        fr | Le musée ouvre à neuf heures. Les chiens sont admis dans le jardin en laisse. Un billet coûte douze euros.
        es | El museo abre a las nueve de la mañana. Los perros pueden entrar en el jardín con correa. La entrada cuesta doce euros.
        ar | يفتح المتحف أبوابه في الساعة التاسعة صباحا. يسمح للكلاب بدخول الحديقة إذا كانت مقيدة. ثمن التذكرة اثنا عشر يورو.
        th | พิพิธภัณฑ์เปิดเวลาเก้าโมงเช้า สุนัขเข้าสวนได้ถ้ามีสายจูง บัตรเข้าชมราคาสิบสองยูโร กรุณาซื้อที่ประตูหน้า
        pl | Muzeum otwiera się o dziewiątej rano. Psy mogą wejść do ogrodu na smyczy. Bilet kosztuje dwanaście euro.
        """)
    void says_what_language_a_text_is_in(String language, String text) {
        assertThat(languages.of(List.of(text))).contains(language);
    }

    @Test
    void says_nothing_of_names_numbers_and_a_few_words() {
        assertThat(languages.of(List.of("WLAN: Gast / 12345"))).isEmpty();
        assertThat(languages.of(List.of("Ticket 12 EUR | 24 EUR | 36 EUR", "4711")))
                .isEmpty();
        assertThat(languages.of(List.of())).isEmpty();
        assertThat(languages.of(List.of("AX-200 BX-300 CX-400 Zyrtex Kolmar Bextra Vantor Melmac Qantex Sirtal")))
                .isEmpty();
    }

    @Test
    void looks_beyond_the_first_page() {
        Stream<String> german = Stream.generate(() -> "Die Fähre legt bei ruhigem Wetter jede Stunde am Hafen ab, "
                        + "sonst fährt ein Bus über die Brücke in die Stadt.")
                .limit(200);

        assertThat(languages.of(Stream.concat(
                                Stream.of("Company confidential. All rights reserved. Please do not copy."), german)
                        .toList()))
                .contains("de");
    }
}
