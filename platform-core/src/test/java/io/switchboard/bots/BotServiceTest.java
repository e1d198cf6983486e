package io.switchboard.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.switchboard.kernel.BotId;
import io.switchboard.kernel.KnowledgeBaseId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import io.switchboard.tenancy.TenancyService;
import io.switchboardtest.SwitchboardTest;
import io.switchboardtest.TestTenants;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@SwitchboardTest
class BotServiceTest {

    @Autowired
    BotService bots;

    @Autowired
    TenancyService tenancy;

    TenantId tenant;

    @BeforeEach
    void makeTenant() {
        tenant = TestTenants.on(tenancy, "standard");
    }

    @Test
    void publishes_the_first_version_with_the_bot() {
        Bot made = create("Front desk", definition("Be brief."));

        assertThat(made.version()).isEqualTo(1);
        assertThat(made.published()).isEqualTo(made.draft()).isEqualTo(definition("Be brief."));
        assertThat(bots.find(tenant, made.id())).contains(made);
    }

    @Test
    void keeps_changes_from_customers_until_they_are_published() {
        BotId id = create("Front desk", definition("Be brief.")).id();

        bots.changeDraft(tenant, id, "Reception", definition("Be kind."));

        Bot changed = bots.find(tenant, id).orElseThrow();
        assertThat(changed.name()).isEqualTo("Reception");
        assertThat(changed.draft().instructions()).isEqualTo("Be kind.");
        assertThat(changed.live().definition().instructions()).isEqualTo("Be brief.");
        assertThat(changed.version()).isEqualTo(1);

        Bot published = bots.publish(tenant, id).orElseThrow();

        assertThat(published.version()).isEqualTo(2);
        assertThat(published.live().definition().instructions()).isEqualTo("Be kind.");
        assertThat(bots.find(tenant, id)).contains(published);
    }

    @Test
    void refuses_a_knowledge_base_that_is_not_the_tenants() {
        KnowledgeBaseId nowhere = KnowledgeBaseId.next();
        BotId id = create("Front desk", definition("")).id();

        assertThat(bots.create(tenant, "Lost", definition("", nowhere)))
                .isEqualTo(new BotCreation.UnknownKnowledgeBase(nowhere));
        assertThat(bots.changeDraft(tenant, id, "Lost", definition("", nowhere)))
                .isEqualTo(new BotCreation.UnknownKnowledgeBase(nowhere));
        assertThat(bots.list(tenant, PageRequest.first(10)).items())
                .extracting(Bot::name)
                .containsExactly("Front desk");
    }

    @Test
    void lists_bots_page_by_page_with_what_is_live() {
        for (int i = 0; i < 5; i++) {
            create("Bot " + i, definition("Instructions " + i));
        }

        Slice<Bot> first = bots.list(tenant, PageRequest.first(3));
        Slice<Bot> second = bots.list(tenant, new PageRequest(3, first.next()));

        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2);
        assertThat(second.next()).isNull();
        assertThat(List.of(first, second))
                .flatMap(Slice::items)
                .allSatisfy(bot -> assertThat(bot.published()).isEqualTo(bot.draft()))
                .extracting(Bot::name)
                .containsExactlyInAnyOrder("Bot 0", "Bot 1", "Bot 2", "Bot 3", "Bot 4");
    }

    @Test
    void does_not_show_another_tenants_bots() {
        BotId mine = create("Mine", definition("")).id();
        TenantId stranger = TestTenants.on(tenancy, "standard");

        assertThat(bots.find(stranger, mine)).isEmpty();
        assertThat(bots.publish(stranger, mine)).isEmpty();
        assertThat(bots.list(stranger, PageRequest.first(10)).items()).isEmpty();
        assertThat(bots.changeDraft(stranger, mine, "Stolen", definition(""))).isEqualTo(new BotCreation.UnknownBot());
        assertThat(bots.find(tenant, mine)).map(Bot::name).contains("Mine");
    }

    @Test
    void refuses_a_name_that_says_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bots.create(tenant, "  ", definition("")))
                .withMessageContaining("name");
    }

    private Bot create(String name, BotDefinition definition) {
        return ((BotCreation.Saved) bots.create(tenant, name, definition)).bot();
    }

    private static BotDefinition definition(String instructions, KnowledgeBaseId... knowledgeBases) {
        return new BotDefinition(
                instructions, "I do not know.", "Try later.", List.of(knowledgeBases), Duration.ofMillis(250));
    }
}
