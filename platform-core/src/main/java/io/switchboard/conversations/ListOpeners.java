package io.switchboard.conversations;

import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.kernel.TenantId;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the button says that opens a list of suggestions, in the language of the channel's bot. */
@Component
class ListOpeners {

    private static final String DEFAULT = "See suggestions";

    /** By language, ISO 639-1. */
    static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("en", DEFAULT),
            Map.entry("de", "Vorschläge ansehen"),
            Map.entry("fr", "Voir les suggestions"),
            Map.entry("es", "Ver sugerencias"),
            Map.entry("it", "Vedi suggerimenti"),
            Map.entry("pt", "Ver sugestões"),
            Map.entry("nl", "Bekijk suggesties"),
            Map.entry("pl", "Pokaż propozycje"),
            Map.entry("tr", "Önerileri göster"),
            Map.entry("ru", "Показать варианты"),
            Map.entry("ar", "عرض الاقتراحات"),
            Map.entry("zh", "查看建议"),
            Map.entry("ja", "候補を見る"));

    private final BotService bots;

    ListOpeners(BotService bots) {
        this.bots = bots;
    }

    String of(TenantId tenant, Channel channel) {
        return bots.language(tenant, channel.bot())
                .map(language -> LABELS.getOrDefault(language, DEFAULT))
                .orElse(DEFAULT);
    }
}
