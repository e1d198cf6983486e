package io.switchboard.models;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.switchboard.answering.AnswerModel;
import io.switchboard.answering.AnswerModelException;
import io.switchboard.kernel.TokenCount;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A provider's chat model as an {@link AnswerModel}. Each call is made once, and given up when the prompt's time is over even if the
 * provider still sends.
 */
final class ChatAnswerModel implements AnswerModel, AutoCloseable {

    private final String name;
    private final ChatClient client;
    private final ToIntFunction<String> tokens;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    /** Calls a model with messages and the longest output in tokens. */
    interface ChatClient {
        ChatResponse chat(List<ChatMessage> messages, int maxOutputTokens);
    }

    /** @param tokens counts where the provider does not */
    ChatAnswerModel(String name, ChatClient client, ToIntFunction<String> tokens) {
        this.name = name;
        this.client = client;
        this.tokens = tokens;
    }

    /** For models that are told their longest output when they are made. */
    static ChatClient fixed(ChatModel model) {
        return (messages, _) -> model.chat(messages);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Completion complete(Prompt prompt) {
        List<ChatMessage> messages = messages(prompt);
        Future<ChatResponse> call = calls.submit(() -> client.chat(messages, prompt.maxOutputTokens()));
        try {
            return completion(prompt, call.get(prompt.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new AnswerModelException("no answer within " + prompt.timeout(), e);
        } catch (ExecutionException e) {
            throw new AnswerModelException(reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnswerModelException("interrupted", e);
        } finally {
            call.cancel(true);
        }
    }

    private static String reason(ExecutionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
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
            throw new AnswerModelException("empty answer", null);
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
        calls.shutdownNow();
    }
}
