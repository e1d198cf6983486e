package io.switchboard.ui.parts;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Short texts side by side, such as the buttons under a message. */
public final class Labels extends Div {

    public Labels(List<String> texts) {
        addClassName("sb-sources");
        for (String text : texts) {
            Span label = new Span(text);
            label.addClassName("sb-source");
            add(label);
        }
    }
}
