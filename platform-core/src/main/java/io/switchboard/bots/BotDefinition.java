package io.switchboard.bots;

import io.switchboard.kernel.KnowledgeBaseId;
import java.time.Duration;
import java.util.List;

/**
 * What a bot knows and how it speaks; immutable once published.
 *
 * @param instructions how the model should behave, in the tenant's words; may be empty
 * @param sentences what it says where it has no answer
 * @param mergeWait how long to wait after a message for more of the same burst; zero answers every message on its own
 * @param messagesPerMinute what one customer may ask before the bot says once that it is too much and then only listens
 * @param quickReplies what it offers to ask where it found nothing and under a greeting, each once; may be empty
 */
public record BotDefinition(
        String instructions,
        BotSentences sentences,
        List<KnowledgeBaseId> knowledgeBases,
        Duration mergeWait,
        int messagesPerMinute,
        List<String> quickReplies) {

    public static final Duration DEFAULT_MERGE_WAIT = Duration.ofMillis(1500);
    public static final Duration MAX_MERGE_WAIT = Duration.ofSeconds(30);
    public static final int DEFAULT_MESSAGES_PER_MINUTE = 10;
    public static final int MAX_MESSAGES_PER_MINUTE = 1000;

    /** WhatsApp's limits of a row in a <a href="https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages">list</a>. */
    public static final int MAX_QUICK_REPLIES = 10;

    public static final int MAX_QUICK_REPLY_LENGTH = 72;

    /** A new bot's. */
    public static final BotDefinition DEFAULTS =
            new BotDefinition("", BotSentences.DEFAULTS, List.of(), DEFAULT_MERGE_WAIT, DEFAULT_MESSAGES_PER_MINUTE);

    public BotDefinition {
        knowledgeBases = List.copyOf(knowledgeBases);
        quickReplies = quickReplies.stream().map(String::strip).distinct().toList();
        if (mergeWait.isNegative() || mergeWait.compareTo(MAX_MERGE_WAIT) > 0) {
            throw new IllegalArgumentException("mergeWait outside 0 to " + MAX_MERGE_WAIT + ": " + mergeWait);
        }
        if (messagesPerMinute < 1 || messagesPerMinute > MAX_MESSAGES_PER_MINUTE) {
            throw new IllegalArgumentException(
                    "messagesPerMinute outside 1 to " + MAX_MESSAGES_PER_MINUTE + ": " + messagesPerMinute);
        }
        if (quickReplies.size() > MAX_QUICK_REPLIES || !quickReplies.stream().allMatch(BotDefinition::isQuickReply)) {
            throw new IllegalArgumentException("not up to " + MAX_QUICK_REPLIES + " lines of up to "
                    + MAX_QUICK_REPLY_LENGTH + " characters: " + quickReplies);
        }
    }

    /** Without quick replies. */
    public BotDefinition(
            String instructions,
            BotSentences sentences,
            List<KnowledgeBaseId> knowledgeBases,
            Duration mergeWait,
            int messagesPerMinute) {
        this(instructions, sentences, knowledgeBases, mergeWait, messagesPerMinute, List.of());
    }

    /** With the default sentences for what is rare, and the default limit for one customer. */
    public BotDefinition(
            String instructions,
            String refusal,
            String budgetSpent,
            List<KnowledgeBaseId> knowledgeBases,
            Duration mergeWait) {
        this(
                instructions,
                new BotSentences(
                        refusal,
                        budgetSpent,
                        BotSentences.DEFAULTS.outage(),
                        BotSentences.DEFAULTS.flood(),
                        BotSentences.DEFAULTS.unreadable()),
                knowledgeBases,
                mergeWait,
                DEFAULT_MESSAGES_PER_MINUTE);
    }

    /** True for one line that is short enough and not blank. */
    public static boolean isQuickReply(String text) {
        return !text.isBlank()
                && text.length() <= MAX_QUICK_REPLY_LENGTH
                && text.chars().noneMatch(Character::isISOControl);
    }
}
