package io.switchboard.demo;

import io.switchboard.bots.Bot;
import io.switchboard.bots.BotCreation;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.BotService;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.TenantId;
import io.switchboard.knowledge.Document;
import io.switchboard.knowledge.DocumentAddition;
import io.switchboard.knowledge.KnowledgeBase;
import io.switchboard.knowledge.KnowledgeService;
import io.switchboard.simulator.SimulatorService;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.stereotype.Component;

/** Gives a demo tenant its knowledge base, documents, bot and simulator, leaving out what it has already. */
@Component
class DemoContent {

    private static final Logger LOG = LoggerFactory.getLogger(DemoContent.class);
    private static final PageRequest ALL = PageRequest.first(PageRequest.MAX_LIMIT);

    private final KnowledgeService knowledge;
    private final BotService bots;
    private final SimulatorService simulator;
    private final ResourcePatternResolver resources;

    DemoContent(
            KnowledgeService knowledge,
            BotService bots,
            SimulatorService simulator,
            ResourcePatternResolver resources) {
        this.knowledge = knowledge;
        this.bots = bots;
        this.simulator = simulator;
        this.resources = resources;
    }

    void add(TenantId tenant, DemoTenant demo) throws IOException {
        KnowledgeBaseId knowledgeBase = knowledgeBase(tenant, demo);
        addDocuments(tenant, knowledgeBase, demo);
        simulator.channelFor(tenant, bot(tenant, knowledgeBase, demo).id());
    }

    private KnowledgeBaseId knowledgeBase(TenantId tenant, DemoTenant demo) {
        return knowledge.knowledgeBases(tenant, ALL).items().stream()
                .filter(base -> base.name().equals(demo.knowledgeBase()))
                .findFirst()
                .map(KnowledgeBase::id)
                .orElseGet(() -> knowledge
                        .createKnowledgeBase(tenant, demo.knowledgeBase(), "en")
                        .id());
    }

    private void addDocuments(TenantId tenant, KnowledgeBaseId knowledgeBase, DemoTenant demo) throws IOException {
        Set<String> present = knowledge.documents(tenant, knowledgeBase, ALL).items().stream()
                .map(Document::name)
                .collect(Collectors.toSet());
        for (Resource file : files(demo)) {
            String name = Objects.requireNonNull(file.getFilename());
            if (present.contains(name)) {
                continue;
            }
            String mediaType = MediaTypeFactory.getMediaType(file)
                    .orElse(MediaType.APPLICATION_OCTET_STREAM)
                    .toString();
            try (InputStream bytes = file.getInputStream()) {
                DocumentAddition addition = knowledge.addFile(tenant, knowledgeBase, name, mediaType, bytes);
                if (!(addition instanceof DocumentAddition.Added)) {
                    LOG.warn("Demo document {} of {} left out: {}", name, demo.slug(), addition);
                }
            }
        }
    }

    private List<Resource> files(DemoTenant demo) throws IOException {
        return List.of(resources.getResources(demo.documents())).stream()
                .filter(Resource::isReadable)
                .sorted(Comparator.comparing(file -> Objects.requireNonNull(file.getFilename())))
                .toList();
    }

    private Bot bot(TenantId tenant, KnowledgeBaseId knowledgeBase, DemoTenant demo) {
        Optional<Bot> present = bots.list(tenant, ALL).items().stream()
                .filter(bot -> bot.name().equals(demo.bot()))
                .findFirst();
        return present.orElseGet(() -> create(tenant, knowledgeBase, demo));
    }

    private Bot create(TenantId tenant, KnowledgeBaseId knowledgeBase, DemoTenant demo) {
        BotDefinition definition = new BotDefinition(
                demo.instructions(),
                demo.refusal(),
                BotSentences.DEFAULTS.budgetSpent(),
                List.of(knowledgeBase),
                BotDefinition.DEFAULT_MERGE_WAIT);
        return switch (bots.create(tenant, demo.bot(), definition)) {
            case BotCreation.Saved(Bot saved) -> saved;
            case BotCreation.UnknownKnowledgeBase unknown ->
                throw new IllegalStateException("the demo's own knowledge base is gone: " + unknown);
            case BotCreation.UnknownBot unknown -> throw new IllegalStateException("a new bot is unknown: " + unknown);
        };
    }
}
