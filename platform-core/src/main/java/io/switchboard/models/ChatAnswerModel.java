package io.switchboard.models;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.switchboard.answering.AnswerModel;
import io.switchboard.answering.AnswerModelException;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TokenCount;
import io.switchboard.models.ProviderException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A provider's chat model as an {@link AnswerModel}, called with patience and within limits. */
final class ChatAnswerModel implements AnswerModel, AutoCloseable {

    private final String name;
    private final ChatClient client;
    private final ToIntFunction<String> tokens;
    private final ProviderCalls calls;
    private final Patience patience;

    /** A provider's two ways to be asked. */
    interface ChatClient {

        /** @param maxOutputTokens the longest answer */
        ChatResponse chat(List<ChatMessage> messages, int maxOutputTokens);

        /** Returns what {@link #chat} does, and hands on each part as it comes. */
        ChatResponse stream(List<ChatMessage> messages, int maxOutputTokens, Consumer<String> part);
    }

    /** @param tokens counts where the provider does not */
    ChatAnswerModel(String name, ChatClient client, ToIntFunction<String> tokens, CallSettings settings) {
        this.name = name;
        this.client = client;
        this.tokens = tokens;
        this.calls =
                new ProviderCalls("model " + name, settings.maxCalls(), settings.maxCallsPerTenant(), settings.pause());
        this.patience = settings.patience();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Completion complete(TenantId tenant, Prompt prompt) {
        List<ChatMessage> messages = messages(prompt);
        return completion(tenant, prompt, () -> client.chat(messages, prompt.maxOutputTokens()));
    }

    @Override
    public Completion complete(TenantId tenant, Prompt prompt, Consumer<String> written) {
        List<ChatMessage> messages = messages(prompt);
        return completion(tenant, prompt, () -> {
            StringBuilder soFar = new StringBuilder();
            return client.stream(
                    messages,
                    prompt.maxOutputTokens(),
                    part -> written.accept(soFar.append(part).toString()));
        });
    }

    private Completion completion(TenantId tenant, Prompt prompt, Supplier<ChatResponse> call) {
        try {
            return calls.call(tenant, patience, () -> completion(prompt, call.get()));
        } catch (ProviderException e) {
            throw new AnswerModelException(
                    String.valueOf(e.getMessage()), e.retryAfter().orElse(null), e);
        }
    }

    private static List<ChatMessage> messages(Prompt prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(prompt.system()));
        for (Message message : prompt.messages()) {
            messages.add(
                    switch (message.speaker()) {
                        case CUSTOMER -> UserMessage.from(message.text());
                        case BOT -> AiMessage.from(message.text());
                    });
        }
        return messages;
    }

    private Completion completion(Prompt prompt, ChatResponse response) {
        String text = response.aiMessage().text();
        if (text == null || text.isBlank()) {
            throw new ProviderException(Kind.REQUEST, "empty answer", null, null);
        }
        @Nullable TokenUsage usage = response.tokenUsage();
        if (usage != null && usage.inputTokenCount() != null && usage.outputTokenCount() != null) {
            return new Completion(
                    text, new TokenCount(usage.inputTokenCount()), new TokenCount(usage.outputTokenCount()), false);
        }
        int input = tokens.applyAsInt(prompt.system())
                + prompt.messages().stream()
                        .mapToInt(message -> tokens.applyAsInt(message.text()))
                        .sum();
        return new Completion(text, new TokenCount(input), new TokenCount(tokens.applyAsInt(text)), true);
    }

    @Override
    public void close() {
        calls.close();
    }
}
