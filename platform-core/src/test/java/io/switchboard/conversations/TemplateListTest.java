package io.switchboard.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import io.switchboard.audit.Actor;
import io.switchboard.channels.MessageTemplate;
import io.switchboard.channels.MessageTemplate.Status;
import io.switchboard.channels.TemplateListing;
import io.switchboard.channels.TemplateService;
import io.switchboard.channels.TemplateSync;
import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.UserId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The templates of a channel, as its provider lists them. */
@EngineTest
class TemplateListTest {

    private static final Actor ANNA = new Actor(UserId.next(), "Anna");

    @Autowired
    Desk desk;

    @Autowired
    TemplateService templates;

    @Autowired
    FakeTemplates provider;

    private Desk.Line line;

    @BeforeEach
    void open() {
        line = desk.open();
        provide(template("order_ready", Status.APPROVED));
    }

    @Test
    void replaces_the_templates_of_a_channel_by_what_the_provider_has_now() {
        provide(template("welcome", Status.PENDING));

        assertThat(names()).containsExactly("welcome");
        assertThat(templates.state(line.tenant(), line.channel().id()).problem())
                .isNull();
    }

    @Test
    void keeps_the_templates_while_the_provider_says_nothing() {
        provider.set(line.channel(), new TemplateListing.Unavailable("Meta cannot be reached.", "Sync again."));

        TemplateSync outcome = templates.sync(line.tenant(), line.channel().id(), ANNA);

        assertThat(outcome).isEqualTo(new TemplateSync.Refused("Meta cannot be reached.", "Sync again."));
        assertThat(names()).containsExactly("order_ready");
        assertThat(templates.state(line.tenant(), line.channel().id())).satisfies(state -> {
            assertThat(state.offered()).isTrue();
            assertThat(state.syncedAt()).isNotNull();
            assertThat(state.problem()).isEqualTo("Meta cannot be reached. Sync again.");
        });
    }

    @Test
    void are_fetched_by_themselves_once_a_day() {
        int before = provider.asked(line.channel());
        assertThat(templates.due(line.tenant())).isEmpty();
        templates.syncIfDue(line.tenant(), line.channel().id());
        assertThat(provider.asked(line.channel())).isEqualTo(before);

        desk.change(line, "update template_sync set begun_at = begun_at - interval '25 hours' where tenant_id = ?");
        provider.set(line.channel(), template("welcome", Status.APPROVED));
        List<ChannelId> due = templates.due(line.tenant());
        due.forEach(id -> templates.syncIfDue(line.tenant(), id));
        due.forEach(id -> templates.syncIfDue(line.tenant(), id));

        assertThat(due).containsExactly(line.channel().id());
        assertThat(templates.due(line.tenant())).isEmpty();
        assertThat(provider.asked(line.channel())).isEqualTo(before + 1);
        assertThat(names()).containsExactly("welcome");
    }

    @Test
    void are_listed_page_by_page() {
        provide(
                template("b", Status.APPROVED),
                template("a", Status.APPROVED),
                new MessageTemplate("a", "de", "UTILITY", Status.PAUSED, "H", "B", "F", List.of(), null));

        var first = templates.list(line.tenant(), line.channel().id(), PageRequest.first(2));
        var rest = templates.list(line.tenant(), line.channel().id(), new PageRequest(2, first.next()));

        assertThat(first.items()).extracting(MessageTemplate::language).containsExactly("de", "en");
        assertThat(first.items().getFirst().footer()).isEqualTo("F");
        assertThat(rest.items()).extracting(MessageTemplate::name).containsExactly("b");
        assertThat(rest.next()).isNull();
    }

    @Test
    void does_not_show_another_tenants_templates() {
        Desk.Line other = desk.open();

        assertThat(templates
                        .list(other.tenant(), line.channel().id(), PageRequest.first(10))
                        .items())
                .isEmpty();
        assertThat(templates.find(other.tenant(), line.channel().id(), "order_ready", "en"))
                .isEmpty();
        assertThat(templates.sync(other.tenant(), line.channel().id(), ANNA))
                .isEqualTo(new TemplateSync.UnknownChannel());
    }

    private void provide(MessageTemplate... all) {
        provider.set(line.channel(), all);
        assertThat(templates.sync(line.tenant(), line.channel().id(), ANNA)).isInstanceOf(TemplateSync.Synced.class);
    }

    private static MessageTemplate template(String name, Status status) {
        return new MessageTemplate(
                name, "en", "UTILITY", status, null, "Hello {{1}}, order {{2}} is ready.", null, List.of(), null);
    }

    private List<String> names() {
        return templates.list(line.tenant(), line.channel().id(), PageRequest.first(10)).items().stream()
                .map(MessageTemplate::name)
                .toList();
    }
}
