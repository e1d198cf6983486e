package io.switchboard.ui.channels;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.switchboard.bots.Bot;
import io.switchboard.bots.BotService;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelChange;
import io.switchboard.channels.ChannelCreation;
import io.switchboard.channels.ChannelDeletion;
import io.switchboard.channels.ChannelField;
import io.switchboard.channels.ChannelProvider;
import io.switchboard.channels.ChannelService;
import io.switchboard.channels.ChannelStatus;
import io.switchboard.channels.PairingService;
import io.switchboard.channels.TemplateService;
import io.switchboard.conversations.TestMessageService;
import io.switchboard.doctor.NumberDoctor;
import io.switchboard.kernel.ChannelId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.CopyField;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.parts.ProgramAddress;
import io.switchboard.ui.parts.StopReason;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One channel: what to enter at the provider, what is stored, and whether replies leave. */
@Route("channels/:channel")
@PermitAll
@Requires(Permission.READ_CHANNELS)
class ChannelView extends Page implements BeforeEnterObserver {

    private static final String CONNECTED = "connected";

    private final ChannelService channels;
    private final BotService bots;
    private final NumberDoctor doctor;
    private final PairingService pairing;
    private final TestMessageService tests;
    private final TemplateService templates;
    private final ProgramAddress address;
    private final Session session;
    private final Div scan = new Div();
    private final Div content = new Div();
    private final Div report = new Div();
    private final Div actions = new Div();

    private ChannelId id = ChannelId.next();

    ChannelView(
            ChannelService channels,
            BotService bots,
            NumberDoctor doctor,
            PairingService pairing,
            TestMessageService tests,
            TemplateService templates,
            ProgramAddress address,
            Session session) {
        super("channel");
        this.doctor = doctor;
        this.pairing = pairing;
        this.tests = tests;
        this.templates = templates;
        this.channels = channels;
        this.bots = bots;
        this.address = address;
        this.session = session;
        content.addClassName("sb-columns");
        actions.addClassName("sb-row");
        addActions(actions);
        scan.addClassName("sb-loose");
        report.addClassName("sb-stack");
        add(scan, content, report);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        id = new ChannelId(Addresses.id(event.getRouteParameters(), "channel"));
        fill(event.getLocation().getQueryParameters().getParameters().containsKey(CONNECTED));
    }

    /** The page of a channel that was connected just now: what works and what does not is looked at at once. */
    static void open(UI ui, ChannelId channel) {
        ui.navigate("channels/" + channel, QueryParameters.of(CONNECTED, ""));
    }

    private void fill() {
        fill(false);
    }

    private void fill(boolean connected) {
        Channel channel =
                channels.find(session.tenant(), id).orElseThrow(() -> new NotFoundException("no such channel"));
        setHeading(channel.name(), getTranslation("channel.provider." + channel.provider()));
        scan.removeAll();
        content.removeAll();
        report.removeAll();
        actions.removeAll();
        boolean editor = session.may(Permission.EDIT_CHANNELS);
        if (channel.status() == ChannelStatus.STOPPED) {
            content.add(stopped(channel, editor));
        }
        if (channel.webhookPath().isPresent() && editor) {
            content.add(webhook(channel));
        }
        content.add(facts(channel));
        if (channel.provider() == ChannelProvider.WAHA && editor) {
            scan.add(new PairingPanel(pairing, session, id));
        }
        if (channel.provider() != ChannelProvider.SIMULATOR) {
            DoctorReport findings = new DoctorReport(doctor, session, id);
            report.add(new Panel(getTranslation(webchat(channel) ? "doctor.chat" : "doctor"), findings));
            if (connected) {
                findings.examineFirst();
            }
        }
        if (templates.state(session.tenant(), id).offered()) {
            report.add(new Panel(getTranslation("templates"), new TemplatesPanel(templates, session, id)));
        }
        boolean telephones = channel.webhookPath()
                .filter(path -> path.startsWith("/webhooks/"))
                .isPresent();
        if (telephones && editor) {
            content.add(new Panel(getTranslation("testmessage"), new TestMessagePanel(tests, session, id)));
        }
        if (telephones) {
            actions.add(Buttons.plain(
                    getTranslation("channel.deliveries"),
                    VaadinIcon.INBOX,
                    () -> getUI().ifPresent(ui -> ui.navigate("channels/" + id + "/deliveries"))));
        }
        if (editor) {
            if (channel.status() == ChannelStatus.STOPPED) {
                actions.add(Buttons.primary(getTranslation("channel.resume"), VaadinIcon.PLAY, this::resume));
            }
            sendingSecret(channel)
                    .ifPresent(secret -> actions.add(Buttons.plain(
                            getTranslation("channel.newtoken." + secret),
                            VaadinIcon.KEY,
                            () -> new NewTokenDialog(secret, value -> save(secret, value)).open())));
            ChannelField.of(channel.provider()).stream()
                    .filter(field -> field.changeable() && !field.secret())
                    .forEach(field -> actions.add(Buttons.plain(
                            getTranslation("channel.change." + field.name()),
                            VaadinIcon.EDIT,
                            () -> new ChangeFieldDialog(
                                            field.name(),
                                            channel.settings().getOrDefault(field.name(), ""),
                                            value -> change(field.name(), value))
                                    .open())));
            actions.add(
                    Buttons.plain(getTranslation("channel.delete"), VaadinIcon.TRASH, () -> confirmDelete(channel)));
        }
    }

    private Component stopped(Channel channel, boolean editor) {
        StopReason reason = StopReason.of(channel);
        Paragraph why = new Paragraph(getTranslation(reason.why()));
        Paragraph remedy = new Paragraph(getTranslation(editor ? reason.remedy() : "alarm.ask"));
        Paragraph waiting = new Paragraph(getTranslation("channel.stopped.waiting"));
        waiting.addClassName("sb-quiet");
        Div words = new Div(why, remedy, waiting);
        words.addClassName("sb-form");
        Panel panel = new Panel(getTranslation("channel.stopped"), words);
        panel.addClassName("sb-panel-alarm");
        return panel;
    }

    private Component webhook(Channel channel) {
        Paragraph lead = new Paragraph(getTranslation("channel.webhook.lead." + channel.provider()));
        lead.addClassName("sb-quiet");
        Div fields = new Div(
                lead,
                new CopyField(
                        getTranslation(webchat(channel) ? "channel.webhook.script" : "channel.webhook.url"),
                        address.of(channel.webhookPath().orElse("").substring(1))));
        if (channel.provider() == ChannelProvider.META) {
            fields.add(new CopyField(getTranslation("channel.webhook.token"), channel.verifyToken()));
        }
        fields.addClassName("sb-form");
        if (!address.reachable()) {
            Paragraph warning = new Paragraph(
                    getTranslation(webchat(channel) ? "channel.webhook.local.script" : "channel.webhook.local"));
            warning.addClassName("sb-warning");
            fields.add(warning);
        }
        return new Panel(getTranslation("channel.webhook." + channel.provider()), fields);
    }

    private static boolean webchat(Channel channel) {
        return channel.provider() == ChannelProvider.WEBCHAT;
    }

    private Component facts(Channel channel) {
        Div rows = new Div();
        rows.addClassName("sb-facts-list");
        rows.add(fact(getTranslation("channel.status"), new ChannelBadge(channel)));
        if (channel.statusReason() != null) {
            rows.add(fact(getTranslation("channel.reason"), new Span(channel.statusReason())));
        }
        String bot = bots.find(session.tenant(), channel.bot()).map(Bot::name).orElse("–");
        rows.add(fact(getTranslation("newchannel.bot"), new Span(bot)));
        new TreeMap<>(channel.settings())
                .forEach((name, value) -> rows.add(fact(getTranslation("newchannel." + name), new Span(value))));
        new TreeMap<>(channel.credentialHints())
                .forEach((name, hint) -> rows.add(fact(getTranslation("newchannel." + name), new Span("••••" + hint))));
        return new Panel(getTranslation("channel.facts"), rows);
    }

    private static Component fact(String name, Component value) {
        Span label = new Span(name);
        label.addClassName("sb-quiet");
        Div fact = new Div(label, value);
        fact.addClassName("sb-fact");
        return fact;
    }

    private void resume() {
        channels.resume(session.tenantFor(Permission.EDIT_CHANNELS), id);
        Notice.done(getTranslation("channel.resumed"));
        fill();
    }

    /** What expires or is withdrawn, so that replies do not leave any more. */
    private static Optional<String> sendingSecret(Channel channel) {
        return switch (channel.provider()) {
            case META -> Optional.of("accessToken");
            case TWILIO -> Optional.of("authToken");
            case WAHA -> Optional.of("apiKey");
            case WEBCHAT, SIMULATOR -> Optional.empty();
        };
    }

    private void save(String secret, String value) {
        ChannelChange change = new ChannelChange(null, null, Map.of(secret, value));
        Optional<ChannelCreation> saved = channels.change(session.tenantFor(Permission.EDIT_CHANNELS), id, change);
        switch (saved.orElseThrow(() -> new NotFoundException("no such channel"))) {
            case ChannelCreation.Created _ -> Notice.done(getTranslation("channel.newtoken.saved"));
            case ChannelCreation.Invalid(var _, var problem) ->
                Notice.problem(getTranslation("newchannel.refused", problem));
        }
        fill();
    }

    private Optional<String> change(String field, String value) {
        ChannelChange change = new ChannelChange(null, null, Map.of(field, value), Map.of());
        Optional<ChannelCreation> saved = channels.change(session.tenantFor(Permission.EDIT_CHANNELS), id, change);
        return switch (saved.orElseThrow(() -> new NotFoundException("no such channel"))) {
            case ChannelCreation.Created _ -> {
                Notice.done(getTranslation("channel.change.saved"));
                fill();
                yield Optional.empty();
            }
            case ChannelCreation.Invalid(var _, var problem) ->
                Optional.of(getTranslation("newchannel.refused", problem));
        };
    }

    private void confirmDelete(Channel channel) {
        Dialogs.confirm(
                getTranslation("channel.delete.title", channel.name()),
                getTranslation("channel.delete.sentence"),
                getTranslation("channel.delete"),
                this::delete);
    }

    private void delete() {
        switch (channels.delete(session.tenantFor(Permission.EDIT_CHANNELS), id)) {
            case ChannelDeletion.Deleted() -> UI.getCurrent().navigate("channels");
            case ChannelDeletion.UnknownChannel() -> UI.getCurrent().navigate("channels");
            case ChannelDeletion.HasConversations() -> Notice.problem(getTranslation("channel.delete.used"));
        }
    }
}
