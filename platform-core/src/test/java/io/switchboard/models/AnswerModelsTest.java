package io.switchboard.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.answering.AnswerModel.Completion;
import io.switchboard.answering.AnswerModel.Message;
import io.switchboard.answering.AnswerModel.Prompt;
import io.switchboard.answering.AnswerModelException;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TokenCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerModelsTest {

    private static final TenantId TENANT = TenantId.next();
    private static final Prompt PROMPT = new Prompt(
            "the rules",
            List.of(
                    new Message(Speaker.CUSTOMER, "an earlier question"),
                    new Message(Speaker.BOT, "an earlier answer"),
                    new Message(Speaker.CUSTOMER, "the question")),
            200);

    private final FakeProvider provider = new FakeProvider();
    private final List<ChatAnswerModel> models = new ArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        models.forEach(ChatAnswerModel::close);
        provider.close();
    }

    @Test
    void sends_rules_history_and_question_to_an_openai_compatible_endpoint() {
        provider.says("At ten [1].");

        Completion completion = model("openai").complete(TENANT, PROMPT);

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

        assertThat(model("ollama").complete(TENANT, PROMPT).text()).isEqualTo("At ten [1].");
        assertThat(provider.received().getFirst().path()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void speaks_to_anthropic() {
        provider.answers(200, """
                {"id": "m1", "type": "message", "role": "assistant", "model": "some-model", "stop_reason": "end_turn",
                 "content": [{"type": "text", "text": "At ten [1]."}], "usage": {"input_tokens": 11, "output_tokens": 5}}
                """);

        Completion completion = model("anthropic").complete(TENANT, PROMPT);

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

        Completion completion = model("gemini").complete(TENANT, PROMPT);

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

        Completion completion = model("openai").complete(TENANT, PROMPT);

        assertThat(completion).isEqualTo(new Completion("two words", new TokenCount(10), new TokenCount(2), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "ollama"})
    void waits_as_long_as_an_overloaded_provider_wants(String name) {
        provider.answers(429, "{\"error\": {\"message\": \"slow down\"}}", "Retry-After", "1");
        long started = System.nanoTime();

        assertFails(name, limits(Duration.ofSeconds(20), 2));

        assertThat(provider.received()).hasSize(2);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    @Test
    void does_not_wait_for_an_overloaded_provider_beyond_the_deadline() {
        provider.answers(429, "{}", "Retry-After", "40");
        ChatAnswerModel model = model("openai", limits(Duration.ofSeconds(20), 3));

        assertThatExceptionOfType(AnswerModelException.class)
                .isThrownBy(() -> model.complete(TENANT, PROMPT))
                .satisfies(e -> assertThat(e.retryAfter())
                        .hasValueSatisfying(wait -> assertThat(wait).isEqualTo(Duration.ofSeconds(40))));

        assertThatThrownBy(() -> model.complete(TENANT, PROMPT)).hasMessageContaining("left alone");
        assertThat(provider.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ollama"})
    void tells_what_is_written_while_it_is_written(String name) {
        provider.streams(true, "At ", "ten", " [1].");

        Completion completion = model(name).complete(TENANT, PROMPT, heard::add);

        assertThat(completion).isEqualTo(new Completion("At ten [1].", new TokenCount(120), new TokenCount(30), false));
        assertThat(heard).containsExactly("At ", "At ten", "At ten [1].");
        assertThat(provider.received().getFirst().body())
                .containsSubsequence("the rules", "the question")
                .contains("\"stream\" : true", "\"max_tokens\" : 200");
    }

    @Test
    void tells_what_anthropic_writes() {
        provider.answers(200, """
                event: message_start
                data: {"type": "message_start", "message": {"id": "m1", "type": "message", "role": "assistant", "content": [], "model": "some-model", "usage": {"input_tokens": 11, "output_tokens": 1}}}

                event: content_block_start
                data: {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}

                event: content_block_delta
                data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "At ten"}}

                event: content_block_delta
                data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": " [1]."}}

                event: content_block_stop
                data: {"type": "content_block_stop", "index": 0}

                event: message_delta
                data: {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 5}}

                event: message_stop
                data: {"type": "message_stop"}

                """, "Content-Type", "text/event-stream");

        Completion completion = model("anthropic").complete(TENANT, PROMPT, heard::add);

        assertThat(completion).isEqualTo(new Completion("At ten [1].", new TokenCount(11), new TokenCount(5), false));
        assertThat(heard).containsExactly("At ten", "At ten [1].");
    }

    @Test
    void tells_what_gemini_writes() {
        provider.answers(200, """
                data: {"candidates": [{"content": {"role": "model", "parts": [{"text": "At ten"}]}}]}

                data: {"candidates": [{"content": {"role": "model", "parts": [{"text": " [1]."}]}, "finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 12, "candidatesTokenCount": 6, "totalTokenCount": 18}}

                """, "Content-Type", "text/event-stream");

        Completion completion = model("gemini").complete(TENANT, PROMPT, heard::add);

        assertThat(completion).isEqualTo(new Completion("At ten [1].", new TokenCount(12), new TokenCount(6), false));
        assertThat(heard).containsExactly("At ten", "At ten [1].");
    }

    @Test
    void begins_anew_when_an_answer_breaks_off() {
        provider.streams(false, "At ", "nine");
        provider.answers(503, "oops");
        provider.streams(true, "At ", "ten [1].");

        Completion completion = model("openai").complete(TENANT, PROMPT, heard::add);

        assertThat(completion.text()).isEqualTo("At ten [1].");
        assertThat(heard).containsExactly("At ", "At nine", "At ", "At ten [1].");
        assertThat(provider.received()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404})
    void asks_once_for_parts_where_another_call_does_not_help(int status) {
        provider.answers(status, "{\"error\": {\"message\": \"no\"}}");

        assertThatThrownBy(() -> model("openai").complete(TENANT, PROMPT, heard::add))
                .isInstanceOf(AnswerModelException.class);
        assertThat(heard).isEmpty();
        assertThat(provider.received()).hasSize(1);
    }

    @Test
    void gives_up_on_parts_that_come_without_end() {
        provider.drips();

        assertThatThrownBy(
                        () -> model("openai", limits(Duration.ofMillis(300), 1)).complete(TENANT, PROMPT, heard::add))
                .isInstanceOf(AnswerModelException.class)
                .hasMessageContaining("no answer within");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic", "gemini", "ollama"})
    void asks_again_when_the_provider_fails(String name) {
        provider.answers(500, "oops");
        provider.answers(503, "oops");

        assertFails(name, limits(Duration.ofSeconds(20), 3));
        assertThat(provider.received()).hasSize(3);
    }

    @Test
    void answers_if_a_later_call_succeeds() {
        provider.answers(500, "oops");
        provider.says("At ten [1].");

        assertThat(model("openai").complete(TENANT, PROMPT).text()).isEqualTo("At ten [1].");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void asks_once_where_another_call_does_not_help(int status) {
        provider.answers(status, "{\"error\": {\"message\": \"no\"}}");

        assertFails("openai");
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

        assertThatThrownBy(
                        () -> model("openai", limits(Duration.ofMillis(300), 1)).complete(TENANT, PROMPT))
                .isInstanceOf(AnswerModelException.class)
                .hasMessageContaining("no answer within");
    }

    @Test
    void gives_up_on_a_provider_that_sends_without_end() {
        provider.drips();

        assertThatThrownBy(
                        () -> model("openai", limits(Duration.ofMillis(300), 1)).complete(TENANT, PROMPT))
                .isInstanceOf(AnswerModelException.class)
                .hasMessageContaining("no answer within");
    }

    @Test
    void ends_all_repeats_within_the_deadline() {
        provider.hangs();
        provider.hangs();
        provider.hangs();
        CallSettings limits =
                new CallSettings(Duration.ofMillis(400), Duration.ofSeconds(1), 5, 10, 10, Duration.ofSeconds(10));
        long started = System.nanoTime();

        assertFails("openai", limits);

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(1_500));
    }

    private void assertFails(String name) {
        assertFails(name, limits(Duration.ofSeconds(20), 3));
    }

    private void assertFails(String name, CallSettings limits) {
        assertThatThrownBy(() -> model(name, limits).complete(TENANT, PROMPT)).isInstanceOf(AnswerModelException.class);
    }

    private ChatAnswerModel model(String name) {
        return model(name, limits(Duration.ofSeconds(20), 3));
    }

    private ChatAnswerModel model(String name, CallSettings limits) {
        ChatAnswerModel model = AnswerModels.of(
                new AnswerModelSettings(name, provider.address(), "secret", "some-model"),
                limits,
                text -> text.split(" ", -1).length);
        models.add(model);
        return model;
    }

    private static CallSettings limits(Duration deadline, int attempts) {
        return new CallSettings(Duration.ofSeconds(20), deadline, attempts, 10, 10, Duration.ofSeconds(10));
    }
}
