package io.switchboard.conversations;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A message that is nothing but a wish to get no more messages, or to get them again. Such a wish comes before everything else: budgets,
 * floods, stale messages, and the bot.
 *
 * @param language of the word, ISO 639-1
 */
record OptWord(Wish wish, String language) {

    enum Wish {
        OUT,
        IN
    }

    private static final Pattern NO_WORDS = Pattern.compile("[^\\p{L}\\p{M}]+");
    private static final int LONGEST = 40;

    private record Words(List<String> out, List<String> in, String outConfirmation, String inConfirmation) {}

    private static final Map<String, Words> LANGUAGES = Map.ofEntries(
            Map.entry(
                    "en",
                    new Words(
                            List.of("stop", "stopall", "stop all", "unsubscribe", "opt out", "optout"),
                            List.of("start", "unstop", "subscribe", "opt in", "optin"),
                            "You will get no more messages from us here. Write START if you want them again.",
                            "Welcome back! You get our messages again. Write STOP to end them.")),
            Map.entry(
                    "de",
                    new Words(
                            List.of("stopp", "abmelden", "abbestellen"),
                            List.of("anmelden"),
                            "Sie erhalten hier keine Nachrichten mehr von uns. Schreiben Sie START, wenn Sie wieder welche möchten.",
                            "Willkommen zurück! Sie erhalten wieder Nachrichten von uns. Mit STOPP beenden Sie das.")),
            Map.entry(
                    "fr",
                    new Words(
                            List.of("arrêt", "arret", "arrêter", "se désabonner", "désabonner", "désabonnement"),
                            List.of("reprendre", "s abonner", "abonner"),
                            "Vous ne recevrez plus de messages de notre part ici. Écrivez START pour en recevoir à nouveau.",
                            "Bon retour ! Vous recevez de nouveau nos messages. Écrivez STOP pour les arrêter.")),
            Map.entry(
                    "es",
                    new Words(
                            List.of("baja", "darme de baja", "cancelar suscripción", "cancelar suscripcion"),
                            List.of("alta", "reanudar"),
                            "Ya no recibirá más mensajes nuestros aquí. Escriba START si quiere volver a recibirlos.",
                            "¡Bienvenido de nuevo! Vuelve a recibir nuestros mensajes. Escriba STOP para dejar de recibirlos.")),
            Map.entry(
                    "it",
                    new Words(
                            List.of("disiscrivi", "disiscrivimi", "annulla iscrizione"),
                            List.of("iscrivi", "iscrivimi"),
                            "Qui non riceverà più nostri messaggi. Scriva START se li desidera di nuovo.",
                            "Bentornato! Riceve di nuovo i nostri messaggi. Scriva STOP per non riceverli più.")),
            Map.entry(
                    "pt",
                    new Words(
                            List.of("parar", "sair", "cancelar inscrição", "descadastrar"),
                            List.of("voltar", "inscrever"),
                            "Você não receberá mais mensagens nossas aqui. Escreva START se quiser recebê-las de novo.",
                            "Bem-vindo de volta! Você recebe nossas mensagens novamente. Escreva STOP para parar.")),
            Map.entry(
                    "nl",
                    new Words(
                            List.of("afmelden", "uitschrijven"),
                            List.of("aanmelden"),
                            "U krijgt hier geen berichten meer van ons. Schrijf START als u ze weer wilt.",
                            "Welkom terug! U krijgt weer berichten van ons. Schrijf STOP om ze te beëindigen.")),
            Map.entry(
                    "pl",
                    new Words(
                            List.of("wypisz", "wypisz mnie", "rezygnuję"),
                            List.of("zapisz", "zapisz mnie"),
                            "Nie będziemy już tu wysyłać wiadomości. Napisz START, aby znów je otrzymywać.",
                            "Witamy ponownie! Znów otrzymujesz nasze wiadomości. Napisz STOP, aby je zakończyć.")),
            Map.entry(
                    "tr",
                    new Words(
                            List.of("durdur", "abonelikten çık"),
                            List.of("başlat", "abone ol"),
                            "Burada artık bizden mesaj almayacaksınız. Yeniden almak için START yazın.",
                            "Tekrar hoş geldiniz! Mesajlarımızı yeniden alıyorsunuz. Bitirmek için STOP yazın.")),
            Map.entry(
                    "ru",
                    new Words(
                            List.of("стоп", "отписаться", "отписка"),
                            List.of("старт", "подписаться"),
                            "Мы больше не будем писать вам здесь. Напишите START, чтобы снова получать сообщения.",
                            "С возвращением! Вы снова получаете наши сообщения. Напишите STOP, чтобы прекратить.")),
            Map.entry(
                    "ar",
                    new Words(
                            List.of("توقف", "إيقاف", "إلغاء الاشتراك"),
                            List.of("ابدأ", "اشتراك"),
                            "لن تصلك رسائل منا هنا بعد الآن. اكتب START إذا أردت تلقيها مجددا.",
                            "مرحبا بعودتك! ستصلك رسائلنا من جديد. اكتب STOP لإيقافها.")),
            Map.entry(
                    "zh",
                    new Words(
                            List.of("停止", "退订", "取消订阅"),
                            List.of("开始", "订阅"),
                            "您将不会再在这里收到我们的消息。如需恢复，请回复 START。",
                            "欢迎回来！您将重新收到我们的消息。回复 STOP 即可停止。")),
            Map.entry(
                    "ja",
                    new Words(
                            List.of("配信停止"),
                            List.of("再開", "配信再開"),
                            "今後こちらにはメッセージをお送りしません。再開をご希望の場合は START とお送りください。",
                            "おかえりなさい。メッセージの配信を再開しました。停止するには STOP とお送りください。")));

    private static final Map<String, OptWord> WORDS = words();

    private static Map<String, OptWord> words() {
        Map<String, OptWord> words = new HashMap<>();
        LANGUAGES.forEach((language, known) -> {
            known.out().forEach(word -> words.put(normal(word), new OptWord(Wish.OUT, language)));
            known.in().forEach(word -> words.put(normal(word), new OptWord(Wish.IN, language)));
        });
        return Map.copyOf(words);
    }

    /** Those that have words, ISO 639-1. */
    static Set<String> languages() {
        return LANGUAGES.keySet();
    }

    /** Empty unless the message is nothing else, apart from signs, spaces and capitals. */
    static Optional<OptWord> of(String message) {
        return message.length() > LONGEST ? Optional.empty() : Optional.ofNullable(WORDS.get(normal(message)));
    }

    private static String normal(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return NO_WORDS.matcher(composed).replaceAll(" ").strip();
    }

    String confirmation() {
        Words words = Objects.requireNonNull(LANGUAGES.get(language), language);
        return wish == Wish.OUT ? words.outConfirmation() : words.inConfirmation();
    }
}
