package io.switchboard.ui.conversations;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadFormat;
import com.vaadin.flow.server.streams.UploadEvent;
import io.switchboard.channels.FileType;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Sizes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes one file that goes with the next message; nobody but the page has it until then. */
class FileChooser extends Div {

    private final Upload upload = new Upload(this::receive);
    private final Span name = new Span();
    private final Span size = new Span();
    private final Div chosen;

    private @Nullable Choice choice;

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Choice(String name, byte[] content) {}

    /** @param send pressed where there may be no words to send beside the file */
    FileChooser(Runnable send) {
        addClassName("sb-attach");
        upload.setUploadFormat(UploadFormat.RAW);
        upload.setMaxFiles(1);
        upload.setMaxFileSize(FileType.LARGEST_DOCUMENT);
        upload.setAcceptedFileExtensions(Arrays.stream(FileType.values())
                .flatMap(type -> type.endings().stream())
                .map(ending -> "." + ending)
                .toArray(String[]::new));
        upload.setDropAllowed(false);
        upload.setUploadButton(Buttons.plain(getTranslation("attach.choose"), VaadinIcon.PAPERCLIP, () -> {}));
        upload.getElement().setAttribute("aria-label", getTranslation("attach.choose"));
        upload.addFileRejectedListener(rejected -> Notice.problem(getTranslation("attach.refused")));
        Span help = new Span(getTranslation("attach.help"));
        help.addClassName("sb-quiet");
        size.addClassName("sb-quiet");
        name.addClassName("sb-text");
        Span file = new Span(VaadinIcon.FILE_O.create(), name, size);
        file.addClassName("sb-source");
        chosen = new Div(
                file,
                Buttons.icon(VaadinIcon.CLOSE_SMALL, getTranslation("attach.remove"), this::clear),
                Buttons.plain(getTranslation("attach.send"), VaadinIcon.PAPERPLANE_O, send));
        chosen.addClassName("sb-row");
        add(upload, help, chosen);
        clear();
    }

    Optional<Choice> choice() {
        return Optional.ofNullable(choice);
    }

    final void clear() {
        upload.clearFileList();
        show(null);
    }

    /** Runs in the thread of the upload's request, without the page's lock. */
    private void receive(UploadEvent event) throws IOException {
        try (InputStream in = event.getInputStream()) {
            byte[] content = in.readNBytes(FileType.LARGEST_DOCUMENT + 1);
            if (content.length > FileType.LARGEST_DOCUMENT) {
                event.reject(getTranslation("attach.refused"));
                return;
            }
            Choice taken = new Choice(event.getFileName(), content);
            var _ = event.getUI().access(() -> show(taken)); // a failed update goes to the session's error handler
        }
    }

    private void show(@Nullable Choice now) {
        choice = now;
        chosen.setVisible(now != null);
        getChildren().filter(child -> !child.equals(chosen)).forEach(child -> child.setVisible(now == null));
        if (now != null) {
            name.setText(now.name());
            size.setText(Sizes.of(now.content().length));
        }
    }
}
