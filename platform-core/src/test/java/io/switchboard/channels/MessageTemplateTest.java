package io.switchboard.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.channels.MessageTemplate.Button;
import io.switchboard.channels.MessageTemplate.Place;
import io.switchboard.channels.MessageTemplate.Status;
import io.switchboard.channels.MessageTemplate.Variable;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTemplateTest {

    private static final MessageTemplate ORDER = new MessageTemplate(
            "order_ready",
            "en_US",
            "UTILITY",
            Status.APPROVED,
            "Order {{1}}",
            "Hello {{2}}, your order is ready at {{1}}. See you, {{2}}!",
            "Harbour Museum",
            List.of(new Button("Yes", null), new Button("Track it", "https://shop.example/t/{{1}}")),
            null);

    @Test
    void names_its_variables_in_the_order_in_which_values_are_given() {
        assertThat(ORDER.variables())
                .containsExactly(
                        new Variable(Place.HEADER, 0, "1"),
                        new Variable(Place.BODY, 0, "1"),
                        new Variable(Place.BODY, 0, "2"),
                        new Variable(Place.BUTTON, 1, "1"));
    }

    @Test
    void counts_up_to_ten_and_more_by_number() {
        assertThat(body("{{10}} {{2}} {{1}}").variables())
                .extracting(Variable::name)
                .containsExactly("1", "2", "10");
    }

    @Test
    void takes_named_variables_as_they_come() {
        assertThat(body("Dear {{last_name}}, {{ first_name }}, {{last_name}}").variables())
                .extracting(Variable::name)
                .containsExactly("last_name", "first_name");
    }

    @Test
    void shows_what_the_customer_reads_with_places_for_what_is_not_known_yet() {
        assertThat(ORDER.text(List.of("A-17", "nine"))).isEqualTo("""
                Order A-17

                Hello {{2}}, your order is ready at nine. See you, {{2}}!

                Harbour Museum""");
        assertThat(ORDER.text(List.of("A-17", "nine", "Ann", "x1")))
                .contains("Hello Ann, your order is ready at nine. See you, Ann!");
    }

    @Test
    void takes_a_value_as_it_is_whatever_signs_it_has() {
        assertThat(body("Pay {{1}}, {{2}}").text(List.of("$1 \\ {{2}}", "now"))).isEqualTo("Pay $1 \\ {{2}}, now");
    }

    @Test
    void keeps_each_value_with_its_place() {
        FilledTemplate filled = ORDER.fill(List.of("A-17", "nine", "Ann", "x1"));

        assertThat(filled.of(Place.BODY)).extracting(FilledTemplate.Value::text).containsExactly("nine", "Ann");
        assertThat(filled.of(Place.BUTTON)).singleElement().satisfies(value -> {
            assertThat(value.variable().button()).isEqualTo(1);
            assertThat(value.text()).isEqualTo("x1");
        });
    }

    @Test
    void has_one_value_for_a_name_where_it_is_a_content() {
        MessageTemplate content = new MessageTemplate(
                "order_ready",
                "en",
                "UTILITY",
                Status.APPROVED,
                "Order {{1}}",
                "Hello {{2}}, {{1}} is ready.",
                null,
                List.of(new Button("Track it", "https://shop.example/t/{{1}}/{{3}}")),
                null,
                "HX1");

        assertThat(content.variables())
                .containsExactly(
                        new Variable(Place.HEADER, 0, "1"),
                        new Variable(Place.BODY, 0, "2"),
                        new Variable(Place.BUTTON, 0, "3"));
        assertThat(content.text(List.of("A-17", "Ann", "x"))).isEqualTo("Order A-17\n\nHello Ann, A-17 is ready.");
        assertThat(content.fill(List.of("A-17", "Ann", "x")).contentId()).isEqualTo("HX1");
    }

    @Test
    void refuses_more_or_fewer_values_than_it_has_variables() {
        assertThatThrownBy(() -> ORDER.fill(List.of("A-17"))).hasMessageContaining("4 variables, not 1");
        assertThatThrownBy(() -> body("No variables").fill(List.of("x"))).hasMessageContaining("0 variables, not 1");
    }

    private static MessageTemplate body(String text) {
        return new MessageTemplate("t", "en", "UTILITY", Status.APPROVED, null, text, null, List.of(), null);
    }
}
