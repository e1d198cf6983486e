package io.switchboard.ui.channels;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.ui.parts.Addresses;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.shell.Session;
import io.switchboard.webhooklog.WebhookDelivery;
import io.switchboard.webhooklog.WebhookDelivery.Outcome;
import io.switchboard.webhooklog.WebhookLogFilter;
import io.switchboard.webhooklog.WebhookLogService;
import jakarta.annotation.security.PermitAll;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the provider delivered to a channel, and what became of it. The filters stand in the address. */
@Route("channels/:channel/deliveries")
@PermitAll
@Requires(Permission.READ_CHANNELS)
class DeliveriesView extends Page implements BeforeEnterObserver {

    private static final int STEP = 100;

    private final ChannelService channels;
    private final WebhookLogService log;
    private final Session session;
    private final TextField text = new TextField();
    private final Select<Outcome> outcome = new Select<>();
    private final Grid<WebhookDelivery> grid = Grids.list();
    private final Div nothing = new Div();
    private final Button more;

    private ChannelId id = ChannelId.next();
    private int shown = STEP;

    DeliveriesView(ChannelService channels, WebhookLogService log, Session session) {
        super("deliveries");
        this.channels = channels;
        this.log = log;
        this.session = session;
        more = Buttons.quiet(getTranslation("more"), this::showMore);
        addActions(
                Buttons.plain(
                        getTranslation("deliveries.channel"),
                        VaadinIcon.ARROW_LEFT,
                        () -> getUI().ifPresent(ui -> ui.navigate("channels/" + id))),
                Buttons.plain(getTranslation("deliveries.refresh"), VaadinIcon.REFRESH, this::fill));
        grid.addComponentColumn(this::what)
                .setHeader(getTranslation("deliveries.what"))
                .setFlexGrow(3);
        grid.addComponentColumn(this::when)
                .setHeader(getTranslation("deliveries.when"))
                .setFlexGrow(2);
        add(filters(), grid, nothing, more);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        id = new ChannelId(Addresses.id(event.getRouteParameters(), "channel"));
        Channel channel =
                channels.find(session.tenant(), id).orElseThrow(() -> new NotFoundException("no such channel"));
        setHeading(getTranslation("deliveries.of", channel.name()), getTranslation("deliveries.lead"));
        QueryParameters parameters = event.getLocation().getQueryParameters();
        text.setValue(parameters.getSingleParameter("text").orElse(""));
        outcome.setValue(parameters
                .getSingleParameter("outcome")
                .flatMap(name -> Arrays.stream(Outcome.values())
                        .filter(known -> known.name().equals(name))
                        .findFirst())
                .orElse(null));
        shown = STEP;
        fill();
    }

    private Component filters() {
        text.setLabel(getTranslation("deliveries.text"));
        text.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        text.setClearButtonVisible(true);
        text.addValueChangeListener(change -> changed(change.isFromClient()));
        outcome.setLabel(getTranslation("deliveries.outcome"));
        outcome.setItems(Outcome.values());
        outcome.setEmptySelectionAllowed(true);
        outcome.setEmptySelectionCaption(getTranslation("deliveries.outcome.all"));
        outcome.setItemLabelGenerator(
                item -> getTranslation(item == null ? "deliveries.outcome.all" : "deliveries.outcome." + item));
        outcome.addValueChangeListener(change -> changed(change.isFromClient()));
        Div bar = new Div(text, outcome);
        bar.addClassName("sb-filters");
        return bar;
    }

    private void changed(boolean byPerson) {
        if (!byPerson) {
            return;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (!text.getValue().isBlank()) {
            parameters.put("text", text.getValue());
        }
        if (outcome.getValue() != null) {
            parameters.put("outcome", outcome.getValue().name());
        }
        getUI().ifPresent(ui -> ui.navigate("channels/" + id + "/deliveries", QueryParameters.simple(parameters)));
    }

    private void showMore() {
        shown += STEP;
        fill();
    }

    private void fill() {
        WebhookLogFilter filter = new WebhookLogFilter(outcome.getValue(), text.getValue());
        List<WebhookDelivery> all = Pages.first(shown + 1, page -> log.list(session.tenant(), id, filter, page));
        grid.setItems(all.subList(0, Math.min(shown, all.size())));
        grid.setVisible(!all.isEmpty());
        more.setVisible(all.size() > shown);
        nothing.setVisible(all.isEmpty());
        nothing.removeAll();
        boolean filtered = !filter.equals(WebhookLogFilter.ALL);
        nothing.add(new EmptyState(
                filtered ? VaadinIcon.SEARCH : VaadinIcon.INBOX,
                getTranslation(filtered ? "deliveries.nothing" : "deliveries.empty"),
                getTranslation(filtered ? "deliveries.nothing.sentence" : "deliveries.empty.sentence")));
    }

    private Component what(WebhookDelivery delivery) {
        Span result = new Span(getTranslation("deliveries.outcome." + delivery.outcome()));
        result.addClassName("sb-inbox-contact");
        Span kinds = new Span(delivery.kinds());
        kinds.addClassName("sb-text");
        Div head = new Div(result, kinds);
        head.addClassName("sb-row");
        Span counts = new Span(getTranslation(
                "deliveries.counts", delivery.messages(), delivery.statuses(), delivery.ignored(), delivery.broken()));
        counts.addClassName("sb-quiet");
        Div cell = new Div(head, counts);
        cell.addClassName("sb-cell");
        if (delivery.error() != null) {
            Span error = new Span(delivery.error());
            error.addClassName("sb-text");
            cell.add(error);
        }
        return cell;
    }

    private Component when(WebhookDelivery delivery) {
        Span at = new Span(Moments.full(delivery.at()));
        at.setTitle(delivery.at().toString());
        Span took =
                new Span(getTranslation("deliveries.took", delivery.duration().toMillis(), delivery.bytes()));
        took.addClassNames("sb-quiet", "sb-number");
        Div cell = new Div(at, took);
        cell.addClassName("sb-cell");
        return cell;
    }
}
