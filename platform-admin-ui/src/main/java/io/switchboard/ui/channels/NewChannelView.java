package io.switchboard.ui.channels;

import com.vaadin.flow.component.HasHelper;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.textfield.TextFieldBase;
import com.vaadin.flow.router.Route;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotService;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelField;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.NewChannel;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.bots.BotsNavigation;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connects a number, step by step; what is asked for depends on its provider. */
@Route("channels/new")
@PermitAll
@Requires(Permission.EDIT_CHANNELS)
class NewChannelView extends Page {

    private static final int BOTS = 500;

    private final ChannelService channels;
    private final Session session;
    private final TextField name = new TextField();
    private final Select<Bot> bot = new Select<>();
    private final Select<ChannelProvider> provider = new Select<>();
    private final Map<String, TextFieldBase<?, String>> fields = new LinkedHashMap<>();
    private final Div providerFields = new Div();
    private final Div guide = new Div();

    NewChannelView(ChannelService channels, BotService bots, Session session) {
        super("newchannel");
        this.channels = channels;
        this.session = session;
        List<Bot> all = Pages.first(BOTS, page -> bots.list(session.tenant(), page));
        if (all.isEmpty()) {
            add(new EmptyState(
                    VaadinIcon.COMMENT_O,
                    getTranslation("bots.empty"),
                    getTranslation("newchannel.nobot"),
                    BotsNavigation.list(getTranslation("playground.tobots"))));
            return;
        }
        bot.setItems(all);
        bot.setItemLabelGenerator(Bot::name);
        bot.setValue(all.getFirst());
        bot.setLabel(getTranslation("newchannel.bot"));
        bot.setWidthFull();
        name.setLabel(getTranslation("newchannel.name"));
        name.setMaxLength(ChannelService.MAX_NAME_LENGTH);
        name.setAutofocus(true);
        name.setWidthFull();
        provider.setItems(Stream.of(ChannelProvider.values())
                .filter(ChannelProvider::isConnected)
                .toList());
        provider.setItemLabelGenerator(one -> getTranslation("channel.provider." + one));
        provider.setLabel(getTranslation("newchannel.provider"));
        provider.setWidthFull();
        providerFields.addClassName("sb-form");
        provider.addValueChangeListener(change -> ask(change.getValue()));
        provider.setValue(ChannelProvider.META);
        Div form = new Div(provider, name, bot, providerFields);
        form.addClassName("sb-form");
        Div footer = new Div(Buttons.primary(getTranslation("newchannel.submit"), VaadinIcon.CHECK, this::submit));
        footer.addClassName("sb-form-footer");
        Div columns = new Div(new Panel(getTranslation("newchannel.form"), form, footer), guide);
        columns.addClassName("sb-columns");
        add(columns);
    }

    /** Puts the words, the fields and the steps of a provider on the page. */
    private void ask(ChannelProvider chosen) {
        setHeading(getTranslation("newchannel.title." + chosen), getTranslation("newchannel.lead." + chosen));
        bot.setHelperText(getTranslation("newchannel.bot.help." + chosen));
        name.setHelperText(getTranslation("newchannel.name.help." + chosen));
        provider.setHelperText(getTranslation("newchannel.provider.help." + chosen));
        fields.clear();
        providerFields.removeAll();
        for (ChannelField field : ChannelField.of(chosen)) {
            TextFieldBase<?, String> input = field.secret() ? new PasswordField() : new TextField();
            String key = "newchannel." + field.name();
            input.setLabel(getTranslation(key));
            ((HasHelper) input).setHelperText(getTranslation(key + ".help"));
            ((HasSize) input).setWidthFull();
            input.getElement().setAttribute("autocomplete", "off");
            fields.put(field.name(), input);
            providerFields.add(input);
        }
        OrderedList steps = new OrderedList();
        Stream.of(getTranslation("newchannel.guide." + chosen).split("\\|", -1))
                .map(ListItem::new)
                .forEach(steps::add);
        steps.addClassName("sb-steps");
        guide.removeAll();
        guide.add(new Panel(getTranslation("newchannel.guide"), steps));
    }

    private void submit() {
        List<ChannelField> asked = ChannelField.of(provider.getValue());
        boolean complete = present(name);
        for (ChannelField field : asked) {
            complete &= !field.required() || present(fields.get(field.name()));
        }
        if (!complete) {
            return;
        }
        NewChannel channel = new NewChannel(
                provider.getValue(), name.getValue(), bot.getValue().id(), entered(asked, false), entered(asked, true));
        switch (channels.create(session.tenantFor(Permission.EDIT_CHANNELS), channel)) {
            case ChannelCreation.Created(var created) -> {
                Notice.done(getTranslation("newchannel.created." + created.provider()));
                ChannelView.open(UI.getCurrent(), created.id());
            }
            case ChannelCreation.Invalid(String field, String message) ->
                refuse(field.equals("name") ? name : fields.get(field), field, message);
        }
    }

    private Map<String, String> entered(List<ChannelField> asked, boolean secret) {
        return asked.stream()
                .filter(field -> field.secret() == secret)
                .map(ChannelField::name)
                .filter(field -> !value(field).isBlank())
                .collect(Collectors.toMap(Function.identity(), this::value));
    }

    private String value(String field) {
        TextFieldBase<?, String> input = fields.get(field);
        return input == null ? "" : input.getValue();
    }

    private boolean present(@Nullable TextFieldBase<?, String> field) {
        boolean missing = field == null || field.getValue().isBlank();
        if (field != null) {
            mark(field, missing ? getTranslation("form.missing") : "");
        }
        return !missing;
    }

    private void refuse(@Nullable TextFieldBase<?, String> field, String named, String message) {
        if (field == null) {
            Notice.problem(named + " " + message);
            return;
        }
        mark(field, getTranslation("newchannel.refused", message));
        field.focus();
    }

    private static void mark(TextFieldBase<?, String> field, String problem) {
        field.setErrorMessage(problem);
        field.setInvalid(!problem.isEmpty());
    }
}
