package io.switchboard.models;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.switchboard.models.ProviderException.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A provider's two clients, one that waits for the whole answer and one that hands it on in parts.
 *
 * @param limit says how a request limits its answer to so many tokens; for providers that are told when the client is made, it says nothing
 */
record LangchainChatClient(ChatModel whole, StreamingChatModel inParts, IntFunction<ChatRequestParameters> limit)
        implements ChatAnswerModel.ChatClient {

    /** For models that are told their longest output when they are made. */
    LangchainChatClient(ChatModel whole, StreamingChatModel inParts) {
        this(whole, inParts, _ -> ChatRequestParameters.builder().build());
    }

    @Override
    public ChatResponse chat(List<ChatMessage> messages, int maxOutputTokens) {
        return whole.chat(request(messages, maxOutputTokens));
    }

    @Override
    public ChatResponse stream(List<ChatMessage> messages, int maxOutputTokens, Consumer<String> part) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        inParts.chat(request(messages, maxOutputTokens), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String next) {
                part.accept(next);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                answer.completeExceptionally(error);
            }
        });
        // Our HTTP client returns when the answer has ended, so there is nothing to wait for.
        if (!answer.isDone() || answer.join().finishReason() == null) {
            throw new ProviderException(Kind.PASSING, "the answer broke off", null, null);
        }
        return answer.join();
    }

    private ChatRequest request(List<ChatMessage> messages, int maxOutputTokens) {
        return ChatRequest.builder()
                .messages(messages)
                .parameters(limit.apply(maxOutputTokens))
                .build();
    }
}
