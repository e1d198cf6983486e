package io.switchboard.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.answering.Answer.Outcome;
import io.switchboard.bots.BotDefinition;
import io.switchboard.bots.BotSentences;
import io.switchboard.bots.PublishedBot;
import io.switchboard.kernel.BotId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.TenantId;
import io.switchboard.retrieval.Library;
import io.switchboard.usage.ReservationKey;
import io.switchboardtest.SwitchboardTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** How well questions to two small organisations are answered, and that neither answers what is the other's. */
@SwitchboardTest
@Import(Library.class)
class ExtractiveAnswersTest {

    private static final Logger log = LoggerFactory.getLogger(ExtractiveAnswersTest.class);

    @Autowired
    AnsweringService answering;

    @Autowired
    Library library;

    private Desk museum;
    private Desk software;

    /** A tenant with one document and a bot. */
    private record Desk(TenantId tenant, PublishedBot bot) {}

    /** Answered questions, by whether the answer holds what it should. */
    private record Score(List<String> right, List<String> wrong) {}

    @BeforeEach
    void give_two_tenants_a_document_each() {
        museum = desk(Corpus.MUSEUM);
        software = desk(Corpus.SOFTWARE);
    }

    @Test
    void answers_most_of_what_the_documents_say() {
        Score ofMuseum = ask(museum, Corpus.MUSEUM);
        Score ofSoftware = ask(software, Corpus.SOFTWARE);

        assertThat(ofMuseum.right()).hasSizeGreaterThanOrEqualTo(15);
        assertThat(ofMuseum.wrong()).isEmpty();
        assertThat(ofSoftware.right()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(ofSoftware.wrong()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void refuses_what_the_other_tenants_document_says() {
        assertThat(answered(museum, Corpus.SOFTWARE.answers().keySet())).isEmpty();
        assertThat(answered(software, Corpus.MUSEUM.answers().keySet())).isEmpty();
    }

    @Test
    void refuses_what_no_document_says() {
        assertThat(Corpus.FOREIGN).hasSizeGreaterThan(10);
        assertThat(answered(museum, Corpus.FOREIGN)).isEmpty();
        assertThat(answered(software, Corpus.FOREIGN)).isEmpty();
    }

    private Score ask(Desk desk, Corpus corpus) {
        Score score = new Score(new ArrayList<>(), new ArrayList<>());
        corpus.answers().forEach((question, expected) -> {
            Answer answer = ask(desk, question);
            log.info("{}\n{}", question, answer.text());
            if (answer.outcome() == Outcome.ANSWERED) {
                (answer.text().contains(expected) ? score.right() : score.wrong()).add(question);
            }
        });
        return score;
    }

    private List<String> answered(Desk desk, Iterable<String> questions) {
        List<String> answered = new ArrayList<>();
        for (String question : questions) {
            Answer answer = ask(desk, question);
            if (answer.outcome() != Outcome.NO_ANSWER) {
                answered.add(question + " -> " + answer.text());
            }
        }
        return answered;
    }

    private Answer ask(Desk desk, String question) {
        return answering.answer(
                desk.tenant(),
                new Question(desk.bot(), question, List.of(), null, new ReservationKey("q/" + UUID.randomUUID())));
    }

    private Desk desk(Corpus corpus) {
        TenantId tenant = library.tenant("unlimited");
        KnowledgeBaseId base = library.knowledgeBase(tenant, "en");
        library.document(tenant, base, corpus.document(), corpus.chunks(library));
        BotDefinition definition = new BotDefinition(
                "",
                BotSentences.DEFAULTS.refusal(),
                BotSentences.DEFAULTS.budgetSpent(),
                List.of(base),
                BotDefinition.DEFAULT_MERGE_WAIT);
        return new Desk(tenant, new PublishedBot(BotId.next(), "Desk", 1, definition));
    }
}
