package io.switchboard.models;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.switchboard.models.ChatAnswerModel.ChatClient;
import java.net.URI;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** Makes the answer model that the settings name. The clients neither repeat a call nor end it; {@link ProviderCalls} does. */
final class AnswerModels {

    /** For providers that want to know when the client is made. */
    private static final int MAX_OUTPUT_TOKENS = 1_500;

    private AnswerModels() {}

    /** @param settings with a provider other than none */
    static ChatAnswerModel of(AnswerModelSettings settings, CallSettings limits, ToIntFunction<String> tokens) {
        String model = Objects.requireNonNull(settings.model());
        String key = Objects.requireNonNullElse(settings.apiKey(), Endpoints.NO_KEY);
        ChatClient client = switch (settings.provider()) {
            case "anthropic" -> anthropic(settings, model, key);
            case "gemini" -> gemini(settings, model, key);
            case "ollama" -> openAi(Objects.requireNonNullElse(settings.baseUrl(), Endpoints.OLLAMA), model, key);
            default -> openAi(Objects.requireNonNullElse(settings.baseUrl(), Endpoints.OPENAI), model, key);
        };
        return new ChatAnswerModel(model, client, tokens, limits);
    }

    private static ChatClient openAi(URI baseUrl, String model, String key) {
        OpenAiChatModel whole = OpenAiChatModel.builder()
                .baseUrl(baseUrl.toString())
                .apiKey(key)
                .modelName(model)
                .httpClientBuilder(ProviderHttp.builder())
                .maxRetries(0)
                .build();
        OpenAiStreamingChatModel inParts = OpenAiStreamingChatModel.builder()
                .baseUrl(baseUrl.toString())
                .apiKey(key)
                .modelName(model)
                .httpClientBuilder(ProviderHttp.builder())
                .build();
        return new LangchainChatClient(whole, inParts, maxOutputTokens -> limit(baseUrl, maxOutputTokens));
    }

    /** OpenAI's newer models refuse the old name of the limit, and most compatible servers know no other. */
    private static ChatRequestParameters limit(URI baseUrl, int maxOutputTokens) {
        return Endpoints.isOpenAi(baseUrl)
                ? OpenAiChatRequestParameters.builder()
                        .maxCompletionTokens(maxOutputTokens)
                        .build()
                : OpenAiChatRequestParameters.builder()
                        .maxOutputTokens(maxOutputTokens)
                        .build();
    }

    private static ChatClient anthropic(AnswerModelSettings settings, String model, String key) {
        AnthropicChatModel.AnthropicChatModelBuilder whole = AnthropicChatModel.builder()
                .apiKey(key)
                .modelName(model)
                .maxTokens(MAX_OUTPUT_TOKENS)
                .httpClientBuilder(ProviderHttp.builder())
                .maxRetries(0);
        AnthropicStreamingChatModel.AnthropicStreamingChatModelBuilder inParts = AnthropicStreamingChatModel.builder()
                .apiKey(key)
                .modelName(model)
                .maxTokens(MAX_OUTPUT_TOKENS)
                .httpClientBuilder(ProviderHttp.builder());
        if (settings.baseUrl() != null) {
            whole.baseUrl(settings.baseUrl().toString());
            inParts.baseUrl(settings.baseUrl().toString());
        }
        return new LangchainChatClient(whole.build(), inParts.build());
    }

    private static ChatClient gemini(AnswerModelSettings settings, String model, String key) {
        GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder whole = GoogleAiGeminiChatModel.builder()
                .apiKey(key)
                .modelName(model)
                .maxOutputTokens(MAX_OUTPUT_TOKENS)
                .httpClientBuilder(ProviderHttp.builder())
                .maxRetries(0);
        GoogleAiGeminiStreamingChatModel.GoogleAiGeminiStreamingChatModelBuilder inParts =
                GoogleAiGeminiStreamingChatModel.builder()
                        .apiKey(key)
                        .modelName(model)
                        .maxOutputTokens(MAX_OUTPUT_TOKENS)
                        .httpClientBuilder(ProviderHttp.builder());
        if (settings.baseUrl() != null) {
            whole.baseUrl(settings.baseUrl().toString());
            inParts.baseUrl(settings.baseUrl().toString());
        }
        return new LangchainChatClient(whole.build(), inParts.build());
    }
}
