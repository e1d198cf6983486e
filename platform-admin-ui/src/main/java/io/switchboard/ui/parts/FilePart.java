package io.switchboard.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.switchboard.conversations.SentFile;
import java.util.function.Supplier;

/** The file of a message: its name and size, and where it can be had, the way to it and what a picture shows. */
public final class FilePart extends Div {

    /** Without a way to it. */
    FilePart(SentFile file) {
        addClassName("sb-file");
        add(label(file));
    }

    /** @param content made anew for each place that loads it */
    public FilePart(SentFile file, Supplier<DownloadHandler> content) {
        addClassName("sb-file");
        if (file.mediaType().startsWith("image/")) {
            Image picture = new Image(content.get(), file.name());
            picture.getElement().setAttribute("loading", "lazy");
            add(picture);
        }
        Anchor link = new Anchor(content.get(), AttachmentType.DOWNLOAD, "");
        link.add(label(file));
        link.setAriaLabel(getTranslation("attach.download", file.name()));
        add(link);
    }

    private static Component label(SentFile file) {
        Span size = new Span(Sizes.of(file.size()));
        size.addClassName("sb-quiet");
        Span label = new Span(VaadinIcon.FILE_O.create(), new Span(file.name()), size);
        label.addClassName("sb-source");
        return label;
    }
}
