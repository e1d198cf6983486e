package io.switchboard.answering;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Answers a greeting and a thank-you, which no document does, so that a conversation does not begin with a refusal. */
final class SmallTalk {

    private static final Pattern NO_WORDS = Pattern.compile("[^\\p{L}']+");

    private static final String HELLO = "Hello! What would you like to know?";
    private static final String WELCOME = "You are welcome! Is there anything else you would like to know?";

    private static final Map<String, String> REPLIES = Map.ofEntries(
            Map.entry("hi", HELLO),
            Map.entry("hello", HELLO),
            Map.entry("hey", HELLO),
            Map.entry("hi there", HELLO),
            Map.entry("hello there", HELLO),
            Map.entry("good morning", HELLO),
            Map.entry("good afternoon", HELLO),
            Map.entry("good evening", HELLO),
            Map.entry("thanks", WELCOME),
            Map.entry("thank you", WELCOME),
            Map.entry("thank you very much", WELCOME),
            Map.entry("many thanks", WELCOME),
            Map.entry("thanks a lot", WELCOME),
            Map.entry("ok thanks", WELCOME),
            Map.entry("hallo", "Hallo! Was möchten Sie wissen?"),
            Map.entry("guten tag", "Guten Tag! Was möchten Sie wissen?"),
            Map.entry("guten morgen", "Guten Morgen! Was möchten Sie wissen?"),
            Map.entry("danke", "Gern geschehen! Möchten Sie noch etwas wissen?"),
            Map.entry("vielen dank", "Gern geschehen! Möchten Sie noch etwas wissen?"),
            Map.entry("hola", "¡Hola! ¿Qué le gustaría saber?"),
            Map.entry("buenos días", "¡Buenos días! ¿Qué le gustaría saber?"),
            Map.entry("gracias", "¡De nada! ¿Le gustaría saber algo más?"),
            Map.entry("muchas gracias", "¡De nada! ¿Le gustaría saber algo más?"),
            Map.entry("bonjour", "Bonjour ! Que souhaitez-vous savoir ?"),
            Map.entry("merci", "Avec plaisir ! Souhaitez-vous savoir autre chose ?"),
            Map.entry("merci beaucoup", "Avec plaisir ! Souhaitez-vous savoir autre chose ?"),
            Map.entry("ciao", "Ciao! Che cosa desidera sapere?"),
            Map.entry("buongiorno", "Buongiorno! Che cosa desidera sapere?"),
            Map.entry("grazie", "Prego! Desidera sapere altro?"),
            Map.entry("olá", "Olá! O que gostaria de saber?"),
            Map.entry("obrigado", "De nada! Gostaria de saber mais alguma coisa?"),
            Map.entry("obrigada", "De nada! Gostaria de saber mais alguma coisa?"));

    private SmallTalk() {}

    /** Empty unless the message is nothing but a greeting or a thank-you. */
    static Optional<String> reply(String message) {
        String words = NO_WORDS.matcher(message.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return Optional.ofNullable(REPLIES.get(words.strip()));
    }
}
