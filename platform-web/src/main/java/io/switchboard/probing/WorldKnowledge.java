package io.switchboard.probing;

import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.ChunkId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.SiteId;
import io.switchboard.knowledge.ChunkChange;
import io.switchboard.knowledge.ChunkService;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.outbound.WebAddress;
import io.switchboard.sites.SiteAddition;
import io.switchboard.sites.SiteKind;
import io.switchboard.sites.SiteRules;
import io.switchboard.sites.SiteService;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Gives a world its knowledge and the bots that have it. */
@Component
class WorldKnowledge {

    private final KnowledgeService knowledge;
    private final ChunkService chunks;
    private final SiteService sites;
    private final BotService bots;

    WorldKnowledge(KnowledgeService knowledge, ChunkService chunks, SiteService sites, BotService bots) {
        this.knowledge = knowledge;
        this.chunks = chunks;
        this.sites = sites;
        this.bots = bots;
    }

    void addTo(WorldDraft world) {
        KnowledgeBaseId base =
                knowledge.createKnowledgeBase(world.id(), world.text(), "en").id();
        world.put("knowledge-base", base);
        world.put("document", document(world, base, "What is"));
        world.put("spare-document", document(world, base, "Where is"));
        world.put("site", site(world, base, "first"));
        world.put("spare-site", site(world, base, "second"));
        world.put("bot", bot(world, List.of(base)).id());
    }

    /** Once the documents are ready. */
    void addChunksTo(WorldDraft world) {
        DocumentId document = new DocumentId(UUID.fromString(world.get("document")));
        ChunkId first = chunks.list(world.id(), document, PageRequest.first(1))
                .items()
                .getFirst()
                .chunk()
                .id();
        world.put("chunk", first);
        world.put(
                "spare-chunk",
                switch (chunks.add(world.id(), document, first, "Also " + world.text())) {
                    case ChunkChange.Saved(var added) -> added.chunk().id();
                    case ChunkChange refused -> throw new IllegalStateException("no passage: " + refused);
                });
    }

    /** One that finds no answer to anything. */
    Bot silentBot(WorldDraft world) {
        return bot(world, List.of());
    }

    private DocumentId document(WorldDraft world, KnowledgeBaseId base, String beginning) {
        String question = beginning + " " + world.text() + "?";
        return switch (knowledge.addFaq(world.id(), base, question, "It is " + question)) {
            case DocumentAddition.Added(var document) -> document.id();
            case DocumentAddition refused -> throw new IllegalStateException("no document: " + refused);
        };
    }

    /** On a host of its own, which need not wait for another site's turn, and which exists nowhere (RFC 2606), so nobody is asked for anything. */
    private SiteId site(WorldDraft world, KnowledgeBaseId base, String name) {
        String typed = "https://" + name + "." + world.get("word") + ".invalid/";
        return WebAddress.parse(typed) instanceof WebAddress.Parsing.Good(var address)
                        && sites.add(world.id(), base, SiteKind.CRAWL, address, SiteRules.USUAL)
                                instanceof SiteAddition.Added(var site)
                ? site.id()
                : refused(typed);
    }

    private static SiteId refused(String address) {
        throw new IllegalStateException("no site: " + address);
    }

    private Bot bot(WorldDraft world, List<KnowledgeBaseId> bases) {
        String text = world.text();
        BotDefinition definition = new BotDefinition(text, "Refused: " + text, "Spent: " + text, bases, Duration.ZERO);
        return switch (bots.create(world.id(), text, definition)) {
            case BotCreation.Saved(var bot) -> bot;
            case BotCreation refused -> throw new IllegalStateException("no bot: " + refused);
        };
    }
}
