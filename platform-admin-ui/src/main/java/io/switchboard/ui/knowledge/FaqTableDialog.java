package io.switchboard.ui.knowledge;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadFormat;
import com.vaadin.flow.server.streams.UploadEvent;
import io.switchboard.knowledge.FaqImporting;
import io.switchboard.ui.parts.Buttons;
import java.io.IOException;
import java.io.InputStream;

/** Takes a table of questions and answers, and says line by line what came of it. */
class FaqTableDialog extends Dialog {

    private final Div report = new Div();
    private final Read read;

    /** Reads a table, outside of the page's lock. */
    interface Read {
        FaqImporting from(InputStream table) throws IOException;
    }

    FaqTableDialog(Read read) {
        this.read = read;
        setHeaderTitle(getTranslation("faqtable.add"));
        setWidth("36rem");
        Upload upload = new Upload(this::receive);
        upload.setUploadFormat(UploadFormat.RAW);
        upload.setMaxFiles(1);
        upload.setAcceptedFileExtensions(".csv", ".tsv", ".txt");
        upload.setUploadButton(Buttons.plain(getTranslation("faqtable.choose"), VaadinIcon.UPLOAD_ALT, () -> {}));
        upload.setDropLabel(new Span(getTranslation("faqtable.drop")));
        upload.addClassName("sb-upload");
        upload.getElement().setAttribute("aria-label", getTranslation("faqtable.add"));
        report.addClassName("sb-stack");
        report.getElement().setAttribute("role", "status");
        Div form = new Div(new Paragraph(getTranslation("faqtable.help")), upload, report);
        form.addClassName("sb-form");
        add(form);
        getFooter().add(Buttons.quiet(getTranslation("close"), this::close));
    }

    private void receive(UploadEvent event) throws IOException {
        FaqImporting importing = read.from(event.getInputStream());
        // a failed update goes to the session's error handler
        var _ = event.getUI().access(() -> show(importing));
    }

    private void show(FaqImporting importing) {
        report.removeAll();
        switch (importing) {
            case FaqImporting.UnknownKnowledgeBase() -> report.add(new Paragraph(getTranslation("upload.gone")));
            case FaqImporting.Unreadable(var reason) -> report.add(new Paragraph(reason));
            case FaqImporting.Done(int added, int changed, int unchanged, var refused) -> {
                report.add(new Paragraph(getTranslation("faqtable.done", added, changed, unchanged, refused.size())));
                UnorderedList lines = new UnorderedList();
                refused.forEach(line -> lines.add(
                        new ListItem(getTranslation("faqtable.line", Long.toString(line.line()), line.reason()))));
                report.add(lines);
            }
        }
    }
}
