package io.switchboard.ui.privacy;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import io.switchboard.privacy.ErasureReceipt;
import io.switchboard.privacy.ErasureReceipt.Removed;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Grids;
import io.switchboard.ui.parts.Moments;

/** What was removed where, and that nothing of it is left. */
public final class ReceiptDialog extends Dialog {

    public ReceiptDialog(ErasureReceipt receipt) {
        setHeaderTitle(getTranslation("receipt.title." + receipt.subject()));
        setWidth("32rem");
        Paragraph summary = new Paragraph(getTranslation(
                receipt.complete() ? "receipt.complete" : "receipt.incomplete",
                receipt.total(),
                Moments.full(receipt.at()),
                receipt.actor()));
        Grid<Removed> grid = Grids.list();
        grid.addColumn(Removed::store)
                .setHeader(getTranslation("receipt.store"))
                .setFlexGrow(2);
        grid.addColumn(Removed::count)
                .setHeader(getTranslation("receipt.removed"))
                .setFlexGrow(1);
        grid.addColumn(Removed::left).setHeader(getTranslation("receipt.left")).setFlexGrow(1);
        grid.setItems(receipt.removed().stream()
                .filter(store -> store.count() > 0 || store.left() > 0)
                .toList());
        add(summary, grid);
        getFooter().add(Buttons.primary(getTranslation("receipt.close"), VaadinIcon.CHECK, this::close));
    }
}
