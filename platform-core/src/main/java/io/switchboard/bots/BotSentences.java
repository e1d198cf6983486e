package io.switchboard.bots;

/**
 * What a bot says where it has no answer to give, in its tenant's words and language. None is blank.
 *
 * @param refusal when the knowledge bases do not answer the question
 * @param budgetSpent when the tenant's plan is spent
 * @param outage when every attempt at an answer failed; people find the message among the dead letters
 * @param flood once, when a customer writes more than the bot answers in a minute
 * @param unreadable to a picture, a file, a place or whatever else came without words
 */
public record BotSentences(String refusal, String budgetSpent, String outage, String flood, String unreadable) {

    public static final BotSentences DEFAULTS = new BotSentences(
            "I could not find that in my documents. A colleague will be glad to help you.",
            "I cannot answer more questions at the moment. Please try again later.",
            "Sorry, I cannot answer at the moment. Your message is safe, and a colleague will look at it.",
            "That is a lot of messages at once. Please give me a minute; everything you wrote is kept.",
            "Sorry, I cannot read that. Please write me your question as a text message.");

    public BotSentences {
        requireText("refusal", refusal);
        requireText("budgetSpent", budgetSpent);
        requireText("outage", outage);
        requireText("flood", flood);
        requireText("unreadable", unreadable);
    }

    private static void requireText(String name, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(name + " is blank");
        }
    }
}
