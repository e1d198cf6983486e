package io.switchboard.ui.privacy;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.switchboard.permissions.Permission;
import io.switchboard.permissions.Requires;
import io.switchboard.privacy.ErasureReceipt;
import io.switchboard.privacy.PrivacyService;
import io.switchboard.privacy.RetentionPolicy;
import io.switchboard.privacy.TenantExport;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Page;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.parts.Panel;
import io.switchboard.ui.shell.Session;
import jakarta.annotation.security.PermitAll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** How long data is kept, what was erased, and the tenant's export. */
@Route("privacy")
@Menu(title = "nav.privacy", icon = "vaadin:shield", order = 11)
@PermitAll
@Requires(Permission.MANAGE_PRIVACY)
class PrivacyView extends Page {

    private static final int SHOWN = 200;

    private final PrivacyService privacy;
    private final TenantExport exports;
    private final Session session;
    private final IntegerField messages = new IntegerField();
    private final IntegerField records = new IntegerField();

    PrivacyView(PrivacyService privacy, TenantExport exports, Session session) {
        super("privacy");
        this.privacy = privacy;
        this.exports = exports;
        this.session = session;
        add(retention());
        if (session.may(Permission.EXPORT_TENANT)) {
            add(export());
        }
        add(new Panel(getTranslation("privacy.erased"), erased()));
    }

    private Component retention() {
        RetentionPolicy policy = privacy.retention(session.tenantFor(Permission.MANAGE_PRIVACY));
        prepare(messages, "privacy.messages", RetentionPolicy.MIN_MESSAGES_DAYS, policy.messagesDays());
        prepare(records, "privacy.records", RetentionPolicy.MIN_RECORDS_DAYS, policy.recordsDays());
        Div form = new Div(
                messages, records, Buttons.primary(getTranslation("privacy.save"), VaadinIcon.CHECK, this::save));
        form.addClassNames("sb-form", "sb-narrow-form");
        return new Panel(getTranslation("privacy.retention"), form);
    }

    private void prepare(IntegerField field, String key, int min, @Nullable Integer value) {
        field.setLabel(getTranslation(key));
        field.setHelperText(getTranslation(key + ".help"));
        field.setMin(min);
        field.setMax(RetentionPolicy.MAX_DAYS);
        field.setErrorMessage(getTranslation("privacy.days", min, Integer.toString(RetentionPolicy.MAX_DAYS)));
        field.setClearButtonVisible(true);
        field.setPlaceholder(getTranslation("privacy.forever"));
        field.setValue(value);
        field.setWidthFull();
    }

    private void save() {
        if (messages.isInvalid() || records.isInvalid()) {
            return;
        }
        privacy.saveRetention(
                session.tenantFor(Permission.MANAGE_PRIVACY),
                new RetentionPolicy(messages.getValue(), records.getValue()),
                session.actor());
        Notice.done(getTranslation("privacy.saved"));
    }

    private Component export() {
        Anchor link = new Anchor(DownloadHandler.fromInputStream(this::download), AttachmentType.DOWNLOAD, "");
        link.add(VaadinIcon.DOWNLOAD_ALT.create(), new Span(getTranslation("privacy.export")));
        link.addClassName("sb-plain-button");
        Div offer = new Div(new Paragraph(getTranslation("privacy.export.sentence")), link);
        offer.addClassNames("sb-form", "sb-narrow-form");
        return new Panel(getTranslation("privacy.export.title"), offer);
    }

    /** Runs in the thread of the download's request. */
    private DownloadResponse download(DownloadEvent event) {
        try {
            Path file = exports.write(session.tenantFor(Permission.EXPORT_TENANT), session.actor());
            long size = Files.size(file);
            return new DownloadResponse(
                    Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE),
                    "switchboard-export.zip",
                    "application/zip",
                    size);
        } catch (IOException e) {
            throw new UncheckedIOException("the export could not be written", e);
        }
    }

    private Component erased() {
        Grid<ErasureReceipt> grid = Grids.list();
        grid.addComponentColumn(PrivacyView::deed)
                .setHeader(getTranslation("receipt.at"))
                .setFlexGrow(2);
        grid.addColumn(ErasureReceipt::total)
                .setHeader(getTranslation("receipt.removed"))
                .setWidth("6rem")
                .setFlexGrow(0);
        grid.addComponentColumn(receipt ->
                        Buttons.quiet(getTranslation("receipt.show"), () -> new ReceiptDialog(receipt).open()))
                .setHeader("")
                .setWidth("5rem")
                .setFlexGrow(0);
        grid.setEmptyStateComponent(new EmptyState(
                VaadinIcon.SHIELD, getTranslation("privacy.empty"), getTranslation("privacy.empty.sentence")));
        grid.setItems(Pages.first(SHOWN, page -> privacy.receipts(session.tenantFor(Permission.MANAGE_PRIVACY), page)));
        return grid;
    }

    private static Component deed(ErasureReceipt receipt) {
        Span actor = new Span(receipt.actor());
        actor.addClassName("sb-quiet");
        Div cell = new Div(new Span(Moments.full(receipt.at())), actor);
        cell.addClassName("sb-cell");
        return cell;
    }
}
