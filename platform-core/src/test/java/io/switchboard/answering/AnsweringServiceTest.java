package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.answering.Answer.Outcome;
import io.switchboard.answering.Question.Speaker;
import io.switchboard.answering.Question.Utterance;
import io.switchboard.bots.BotService;
import io.switchboard.bots.PublishedBot;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.DocumentId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.kernel.TokenCount;
import io.switchboard.retrieval.Library;
import io.switchboard.retrieval.RetrievalService;
import io.switchboard.tenancy.Plan;
import io.switchboard.tenancy.TenancyService;
import io.switchboard.tenancy.TenantTransactions;
import io.switchboard.usage.ReservationKey;
import io.switchboard.usage.UsageService;
import io.switchboardtest.SwitchboardTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@SwitchboardTest
@Import(Library.class)
class AnsweringServiceTest {

    private static final String OPENING =
            "The museum is open from Tuesday to Sunday, from 10 am to 6 pm. On Mondays it is closed.";

    @Autowired
    AnsweringService answering;

    @Autowired
    UsageService usage;

    @Autowired
    AskedQuestions asked;

    @Autowired
    RetrievalService retrieval;

    @Autowired
    Evidence evidence;

    @Autowired
    FrequentQuestions frequentQuestions;

    @Autowired
    ExtractiveAnswerer quoter;

    @Autowired
    BotService bots;

    @Autowired
    TenancyService tenancy;

    @Autowired
    TenantTransactions transactions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Library library;

    private TenantId tenant;
    private KnowledgeBaseId base;
    private PublishedBot bot;
    private DocumentId handbook;

    @BeforeEach
    void open_a_museum() {
        tenant = library.tenant();
        base = library.knowledgeBase(tenant, "en");
        handbook = library.document(
                tenant,
                base,
                "handbook.pdf",
                List.of(
                        library.chunk(List.of("Visitor handbook", "Opening hours"), OPENING),
                        library.chunk(
                                List.of("Visitor handbook", "Café"),
                                "The café serves soup and cake from 9 am to 5 pm and can be visited without a ticket."),
                        library.chunk(
                                List.of("Visitor handbook", "Dogs"), "Dogs on a lead may enter the garden only.")));
        bot = Bots.create(bots, tenant, base);
    }

    @Test
    void quotes_the_document_and_names_it() {
        Answer answer = answering.ask(tenant, bot, "When is the museum open?", null);

        assertThat(answer.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(answer.text()).isEqualTo(OPENING + "\n\nSource: Opening hours (handbook.pdf)");
        assertThat(answer.citations()).singleElement().satisfies(citation -> {
            assertThat(citation.document()).isEqualTo(handbook);
            assertThat(citation.documentName()).isEqualTo("handbook.pdf");
            assertThat(citation.passage()).isEqualTo(OPENING);
        });
        assertThat(answer.model()).isEqualTo("extractive");
        assertThat(answer.inputTokens()).isEqualTo(TokenCount.ZERO);
        assertThat(answer.tokensEstimated()).isFalse();
        assertThat(answer.timings().total())
                .isGreaterThanOrEqualTo(answer.timings().retrieval());
    }

    @Test
    void refuses_what_the_documents_do_not_say_and_keeps_the_question() {
        Answer answer = answering.ask(tenant, bot, "Who won the football world cup?", "s1");

        assertThat(answer.outcome()).isEqualTo(Outcome.NO_ANSWER);
        assertThat(answer.text()).isEqualTo(Bots.REFUSAL);
        assertThat(answer.citations()).isEmpty();
        assertThat(unanswered(tenant)).containsExactly("Who won the football world cup?");
    }

    @Test
    void keeps_an_unanswered_question_of_a_channel_once() {
        Question question =
                new Question(bot, "Who won the world cup?", List.of(), ChannelId.next(), new ReservationKey("turn/1"));
        Answer answer = answering.answer(tenant, question);

        answering.settle(tenant, question, answer);
        answering.settle(tenant, question, answer);

        assertThat(unanswered(tenant)).containsExactly("Who won the world cup?");
        assertThat(usage.quota(tenant).used()).isEqualTo(1);
    }

    @Test
    void does_not_show_another_tenants_answers_even_through_its_knowledge_base() {
        TenantId stranger = library.tenant();
        PublishedBot honest = Bots.create(bots, stranger, library.knowledgeBase(stranger, "en"));
        PublishedBot forged = new PublishedBot(honest.id(), honest.name(), 1, bot.definition());

        assertThat(answering
                        .ask(stranger, forged, "When is the museum open?", null)
                        .outcome())
                .isEqualTo(Outcome.NO_ANSWER);
        assertThat(answering.ask(tenant, bot, "When is the museum open?", null).outcome())
                .isEqualTo(Outcome.ANSWERED);
        assertThat(unanswered(tenant)).isEmpty();
    }

    @Test
    void understands_a_follow_up_within_a_session() {
        answering.ask(tenant, bot, "Is there a café?", "s1");

        Answer followUp = answering.ask(tenant, bot, "Can it be visited without a ticket?", "s1");

        assertThat(followUp.text()).startsWith("The café serves");
    }

    @Test
    void does_not_show_a_session_to_another_tenant_or_bot() {
        answering.ask(tenant, bot, "Is there a café?", "s1");
        PublishedBot other = Bots.create(bots, tenant, base);

        assertThat(history(tenant, bot.id())).hasSize(2);
        assertThat(history(tenant, other.id())).isEmpty();
        assertThat(history(library.tenant(), bot.id())).isEmpty();
    }

    @Test
    void answers_a_foreign_question_after_a_good_one_with_the_refusal() {
        answering.ask(tenant, bot, "When is the museum open?", "s1");

        Answer answer = answering.ask(tenant, bot, "Who won the football world cup?", "s1");

        assertThat(answer.outcome()).isEqualTo(Outcome.NO_ANSWER);
    }

    @Test
    void says_so_when_the_plan_is_spent_and_meters_nothing() {
        tenancy.savePlan(new Plan("one-answer", 1L, null, null));
        tenancy.changePlan(tenant, "one-answer");
        answering.ask(tenant, bot, "When is the museum open?", null);

        Answer answer = answering.ask(tenant, bot, "When is the museum open?", null);

        assertThat(answer.outcome()).isEqualTo(Outcome.BUDGET_SPENT);
        assertThat(answer.text()).isEqualTo(Bots.BUDGET_SPENT);
        assertThat(answer.metered()).isFalse();
        assertThat(usage.quota(tenant).used()).isEqualTo(1);
        assertThat(usage.quota(tenant).reserved()).isZero();
    }

    @Test
    void leaves_the_reservation_open_until_the_answer_is_settled() {
        Question question = new Question(
                bot, "When is the museum open?", List.of(), null, new ReservationKey("turn/" + UUID.randomUUID()));

        Answer answer = answering.answer(tenant, question);
        assertThat(usage.quota(tenant).reserved()).isEqualTo(1);

        answering.settle(tenant, question, answer);
        assertThat(usage.quota(tenant).reserved()).isZero();
        assertThat(usage.quota(tenant).used()).isEqualTo(1);
    }

    @Test
    void gives_the_reservation_back_when_it_fails() {
        AnsweringService broken = new AnsweringService(
                new AnswerChain(
                        retrieval,
                        evidence,
                        frequentQuestions,
                        new ModelAnswerer(Optional.of(new BrokenModel()), retrieval),
                        quoter),
                usage,
                asked,
                transactions);

        assertThatThrownBy(() -> broken.ask(tenant, bot, "When is the museum open?", null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a bug");

        assertThat(usage.quota(tenant).reserved()).isZero();
        assertThat(usage.quota(tenant).used()).isZero();
    }

    @Test
    void gives_a_frequent_question_its_answer_word_for_word() {
        String answer = "Yes! Bikes can be rented at the kiosk.\n\n- city bike: 8 euros\n- cargo bike: 20 euros";
        library.faq(tenant, base, "Can I rent a bike?", answer);

        assertThat(answering.ask(tenant, bot, "can i rent a BIKE", null).text())
                .isEqualTo(answer + "\n\nSource: Can I rent a bike?");
        assertThat(answering.ask(tenant, bot, "Do you rent out bikes?", null).text())
                .startsWith(answer);
        assertThat(answering.ask(tenant, bot, "When is the museum open?", null).text())
                .startsWith(OPENING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hi!", "hello 👋", "Good morning", "Thank you very much.", "¡Hola!", "Danke"})
    void is_polite(String message) {
        Answer answer = answering.ask(tenant, bot, message, null);

        assertThat(answer.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(answer.text()).isNotEqualTo(Bots.REFUSAL).isNotBlank();
        assertThat(answer.citations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "and?", "👍", "ok"})
    void says_nothing_of_the_documents_to_a_message_without_a_question(String message) {
        assertThat(answering.ask(tenant, bot, message, null).outcome()).isEqualTo(Outcome.NO_ANSWER);
    }

    @Test
    void stores_a_question_with_characters_that_the_database_does_not_take() {
        assertThat(answering
                        .ask(tenant, bot, "When is the\0 museum open?", "s1")
                        .outcome())
                .isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void answers_in_german_from_german_words() {
        KnowledgeBaseId german = library.knowledgeBase(tenant, "de");
        library.document(
                tenant,
                german,
                "handbuch.pdf",
                List.of(
                        library.chunk(
                                List.of("Handbuch", "Öffnungszeiten"),
                                "Das Museum ist von Dienstag bis Sonntag geöffnet. Montags ist es geschlossen."),
                        library.chunk(List.of("Handbuch", "Hunde"), "Hunde dürfen an der Leine in den Garten."),
                        library.chunk(List.of("Handbuch", "Eintritt"), "Der Eintritt kostet 12 Euro.")));
        PublishedBot germanBot = Bots.create(bots, tenant, german);

        assertThat(answering
                        .ask(tenant, germanBot, "Dürfen Hunde in den Garten?", null)
                        .text())
                .isEqualTo("Hunde dürfen an der Leine in den Garten.\n\nQuelle: Hunde (handbuch.pdf)");
        assertThat(answering
                        .ask(tenant, germanBot, "Wer gewann die Weltmeisterschaft?", null)
                        .outcome())
                .isEqualTo(Outcome.NO_ANSWER);
    }

    private List<String> unanswered(TenantId owner) {
        return transactions.call(
                owner,
                () -> jdbc.sql(
                                "select question from asked_question where tenant_id = ? and outcome = 'NO_ANSWER' order by id")
                        .param(owner.value())
                        .query(String.class)
                        .list());
    }

    private List<Utterance> history(TenantId owner, BotId of) {
        List<Utterance> history = asked.history(owner, of, "s1");
        assertThat(history).extracting(Utterance::speaker).doesNotContainSequence(Speaker.BOT, Speaker.BOT);
        return history;
    }

    private static final class BrokenModel implements AnswerModel {

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Completion complete(TenantId tenant, Prompt prompt) {
            throw new IllegalStateException("a bug");
        }
    }
}
