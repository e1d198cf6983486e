package io.switchboard.ui.channels;

import com.vaadin.flow.component.Component;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Connects a number of Meta's WhatsApp Cloud API, step by step. */
@Route("channels/new")
@PermitAll
@Requires(Permission.EDIT_CHANNELS)
class NewChannelView extends Page {

    private static final int BOTS = 500;

    private final ChannelService channels;
    private final Session session;
    private final TextField name = new TextField();
    private final Select<Bot> bot = new Select<>();
    private final TextField phoneNumberId = new TextField();
    private final PasswordField accessToken = new PasswordField();
    private final PasswordField appSecret = new PasswordField();

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
        bot.setHelperText(getTranslation("newchannel.bot.help"));
        bot.setWidthFull();
        name.setLabel(getTranslation("newchannel.name"));
        name.setHelperText(getTranslation("newchannel.name.help"));
        name.setMaxLength(ChannelService.MAX_NAME_LENGTH);
        name.setAutofocus(true);
        name.setWidthFull();
        phoneNumberId.setLabel(getTranslation("newchannel.phoneNumberId"));
        phoneNumberId.setHelperText(getTranslation("newchannel.phoneNumberId.help"));
        phoneNumberId.getElement().setAttribute("inputmode", "numeric");
        phoneNumberId.setWidthFull();
        secret(accessToken, "newchannel.accessToken");
        secret(appSecret, "newchannel.appSecret");
        Div form = new Div(name, bot, phoneNumberId, accessToken, appSecret);
        form.addClassName("sb-form");
        Div footer = new Div(Buttons.primary(getTranslation("newchannel.submit"), VaadinIcon.CHECK, this::submit));
        footer.addClassName("sb-form-footer");
        Div columns = new Div(new Panel(getTranslation("newchannel.form"), form, footer), guide());
        columns.addClassName("sb-columns");
        add(columns);
    }

    private void secret(PasswordField field, String key) {
        field.setLabel(getTranslation(key));
        field.setHelperText(getTranslation(key + ".help"));
        field.getElement().setAttribute("autocomplete", "off");
        field.setWidthFull();
    }

    private Component guide() {
        OrderedList steps = new OrderedList();
        Stream.of("app", "number", "token", "secret", "webhook")
                .map(step -> new ListItem(getTranslation("newchannel.guide." + step)))
                .forEach(steps::add);
        steps.addClassName("sb-steps");
        return new Panel(getTranslation("newchannel.guide"), steps);
    }

    private void submit() {
        Map<String, TextFieldBase<?, String>> fields = Map.of(
                "name", name, "phoneNumberId", phoneNumberId, "accessToken", accessToken, "appSecret", appSecret);
        boolean complete = true;
        for (TextFieldBase<?, String> field : fields.values()) {
            boolean missing = field.getValue().isBlank();
            mark(field, missing ? getTranslation("form.missing") : "");
            complete &= !missing;
        }
        if (!complete) {
            return;
        }
        NewChannel channel = new NewChannel(
                ChannelProvider.META,
                name.getValue(),
                bot.getValue().id(),
                Map.of("phoneNumberId", phoneNumberId.getValue()),
                Map.of("accessToken", accessToken.getValue(), "appSecret", appSecret.getValue()));
        switch (channels.create(session.tenantFor(Permission.EDIT_CHANNELS), channel)) {
            case ChannelCreation.Created(var created) -> {
                Notice.done(getTranslation("newchannel.created"));
                UI.getCurrent().navigate("channels/" + created.id());
            }
            case ChannelCreation.Invalid(String field, String message) -> refuse(fields.get(field), field, message);
        }
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
