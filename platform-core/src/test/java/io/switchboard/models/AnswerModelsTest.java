package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.answering.AnswerModel;
import io.switchboard.answering.AnswerModel.Completion;
import io.switchboard.answering.AnswerModel.Message;
import io.switchboard.answering.AnswerModel.Prompt;
import io.switchboard.answering.AnswerModelException;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.kernel.TokenCount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerModelsTest {

    private final FakeProvider provider = new FakeProvider();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void sends_rules_history_and_question_to_an_openai_compatible_endpoint() {
        provider.says("At ten [1].");

        Completion completion = model("openai").complete(prompt(Duration.ofSeconds(20)));

        assertThat(completion).isEqualTo(new Completion("At ten [1].", new TokenCount(120), new TokenCount(30), false));
        FakeProvider.Received request = provider.received().getFirst();
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.key()).isEqualTo("Bearer secret");
        assertThat(request.body())
                .containsSubsequence("the rules", "an earlier question", "an earlier answer", "the question")
                .contains("\"model\" : \"some-model\"")
                .contains("\"max_tokens\" : 200");
    }

    @Test
    void speaks_to_ollama_as_to_openai() {
        provider.says("At ten [1].");

        assertThat(model("ollama").complete(prompt(Duration.ofSeconds(20))).text())
                .isEqualTo("At ten [1].");
        assertThat(provider.received().getFirst().path()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void speaks_to_anthropic() {
        provider.answers(200, """
                {"id": "m1", "type": "message", "role": "assistant", "model": "some-model", "stop_reason": "end_turn",
                 "content": [{"type": "text", "text": "At ten [1]."}], "usage": {"input_tokens": 11, "output_tokens": 5}}
                """);

        Completion completion = model("anthropic").complete(prompt(Duration.ofSeconds(20)));

        assertThat(completion).isEqualTo(new Completion("At ten [1].", new TokenCount(11), new TokenCount(5), false));
        assertThat(provider.received().getFirst().path()).isEqualTo("/v1/messages");
        assertThat(provider.received().getFirst().key()).isEqualTo("secret");
        assertThat(provider.received().getFirst().body()).contains("the rules", "an earlier answer", "the question");
    }

    @Test
    void speaks_to_gemini() {
        provider.answers(200, """
                {"candidates": [{"content": {"role": "model", "parts": [{"text": "At ten [1]."}]}, "finishReason": "STOP"}],
                 "usageMetadata": {"promptTokenCount": 12, "candidatesTokenCount": 6, "totalTokenCount": 18}}
                """);

        Completion completion = model("gemini").complete(prompt(Duration.ofSeconds(20)));

        assertThat(completion).isEqualTo(new Completion("At ten [1].", new TokenCount(12), new TokenCount(6), false));
        assertThat(provider.received().getFirst().path()).isEqualTo("/v1/models/some-model:generateContent");
        assertThat(provider.received().getFirst().key()).isEqualTo("secret");
        assertThat(provider.received().getFirst().body()).contains("the rules", "an earlier answer", "the question");
    }

    @Test
    void counts_tokens_itself_where_the_provider_does_not() {
        provider.answers(200, """
                {"choices": [{"index": 0, "message": {"role": "assistant", "content": "two words"}}]}
                """);

        Completion completion = model("openai").complete(prompt(Duration.ofSeconds(20)));

        assertThat(completion).isEqualTo(new Completion("two words", new TokenCount(10), new TokenCount(2), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "ollama"})
    void calls_once_when_the_provider_is_overloaded(String name) {
        provider.answers(429, "{\"error\": {\"message\": \"slow down\"}}");

        assertFails(name);
        assertThat(provider.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "ollama"})
    void fails_when_the_provider_fails(String name) {
        provider.answers(500, "oops");

        assertFails(name);
        assertThat(provider.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>not JSON</html>",
                "{}",
                "{\"choices\": []}",
                "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"\"}}]}",
                "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"con"
            })
    void fails_when_the_provider_sends_nonsense(String body) {
        provider.answers(200, body);

        assertFails("openai");
    }

    @Test
    void gives_up_when_the_time_is_over() {
        provider.hangs();

        assertThatThrownBy(() -> model("openai").complete(prompt(Duration.ofMillis(300))))
                .isInstanceOf(AnswerModelException.class)
                .hasMessageContaining("PT0.3S");
    }

    private void assertFails(String name) {
        assertThatThrownBy(() -> model(name).complete(prompt(Duration.ofSeconds(20))))
                .isInstanceOf(AnswerModelException.class);
    }

    private AnswerModel model(String name) {
        return AnswerModels.of(
                new AnswerModelSettings(name, provider.address(), "secret", "some-model"),
                text -> text.split(" ", -1).length);
    }

    private static Prompt prompt(Duration timeout) {
        return new Prompt(
                "the rules",
                List.of(
                        new Message(Speaker.CUSTOMER, "an earlier question"),
                        new Message(Speaker.BOT, "an earlier answer"),
                        new Message(Speaker.CUSTOMER, "the question")),
                200,
                timeout);
    }
}
