package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.switchboard.knowledge.Original;
import java.io.ByteArrayInputStream;

/** Where a passage stands: the page as it looks, or the text around it with the passage marked. */
class OriginalPanel extends Div {

    OriginalPanel(Original original) {
        addClassName("sb-place");
        switch (original) {
            case Original.Page(int page, int pages, byte[] png) -> add(page(page, pages, png));
            case Original.Text(String before, String passage, String after) -> add(text(before, passage, after));
        }
    }

    private Component[] page(int page, int pages, byte[] png) {
        String name = getTranslation("original.page", page, pages);
        Image picture = new Image(
                DownloadHandler.fromInputStream(event ->
                        new DownloadResponse(new ByteArrayInputStream(png), "page.png", "image/png", png.length)),
                name);
        picture.addClassName("sb-place-page");
        Span title = new Span(name);
        title.addClassName("sb-quiet");
        return new Component[] {title, picture};
    }

    private Component[] text(String before, String passage, String after) {
        Span title = new Span(getTranslation("original.text"));
        title.addClassName("sb-quiet");
        Paragraph around = new Paragraph();
        around.addClassName("sb-text");
        Element marked = new Element("mark").setText(passage);
        around.getElement()
                .appendChild(Element.createText(before.isEmpty() ? "" : before + "\n\n"))
                .appendChild(marked)
                .appendChild(Element.createText(after.isEmpty() ? "" : "\n\n" + after));
        return new Component[] {title, around};
    }
}
