package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.outbound.WebAddress;
import io.switchboard.ui.parts.Buttons;
import java.util.function.Consumer;

/** Asks for the address of a web page. */
class PageDialog extends Dialog {

    private final TextField address = new TextField();

    PageDialog(Consumer<WebAddress> fetch) {
        setHeaderTitle(getTranslation("page.add"));
        setWidth("36rem");
        address.setLabel(getTranslation("page.address"));
        address.setPlaceholder("https://www.example.org/opening-hours");
        address.setHelperText(getTranslation("page.help"));
        address.setMaxLength(WebAddress.MAX_LENGTH);
        address.setRequiredIndicatorVisible(true);
        address.setAutofocus(true);
        address.setWidthFull();
        Div form = new Div(address);
        form.addClassName("sb-form");
        add(form);
        getFooter()
                .add(
                        Buttons.quiet(getTranslation("cancel"), this::close),
                        Buttons.primary(getTranslation("page.fetch"), VaadinIcon.DOWNLOAD, () -> submit(fetch)));
    }

    private void submit(Consumer<WebAddress> fetch) {
        switch (WebAddress.parse(address.getValue())) {
            case WebAddress.Parsing.Good(var page) -> {
                close();
                fetch.accept(page);
            }
            case WebAddress.Parsing.Bad(var reason) -> {
                address.setErrorMessage(getTranslation("page.bad", reason));
                address.setInvalid(true);
            }
        }
    }
}
