package io.switchboard.ui.conversations;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.messages.MessageInput;
import com.vaadin.flow.component.messages.MessageInputI18n;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import io.switchboard.conversations.AnswerWindow;
import io.switchboard.conversations.ConversationService;
import io.switchboard.conversations.ConversationSummary;
import io.switchboard.conversations.FileReply;
import io.switchboard.conversations.FileReplyService;
import io.switchboard.conversations.HandoverService;
import io.switchboard.conversations.SentFile;
import io.switchboard.conversations.ThreadMessage;
import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.ReplyId;
import io.switchboard.kernel.TenantId;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.parts.Bubble;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.parts.EmptyState;
import io.switchboard.ui.parts.FilePart;
import io.switchboard.ui.parts.Moments;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.Pages;
import io.switchboard.ui.privacy.PrivacyNavigation;
import io.switchboard.ui.shell.Session;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages of one conversation, and what a person may do in it. Only what changed is drawn again, so that an opened timeline stays open. */
class MessageThread extends Section {

    private static final int SHOWN = 200;

    private final ConversationService conversations;
    private final H2 contact = new H2();
    private final Span channel = new Span();
    private final Header header;
    private final Div messages = new Div();
    private final HandoverService handover;
    private final TemplateButton template;
    private final PrivacyNavigation privacy;
    private final Div data = new Div();
    private final Session session;
    private final Button takeOver;
    private final Button release;
    private final MessageInput input = new MessageInput();
    private final FileReplyService files;
    private final FileChooser chooser = new FileChooser(this::sendFile);

    private @Nullable ConversationId current;
    private List<ThreadMessage> drawn = List.of();

    /** By message: a file stays the same, and so does the link to it, whatever becomes of the message. */
    private final Map<UUID, FilePart> fileParts = new HashMap<>();

    MessageThread(
            ConversationService conversations,
            HandoverService handover,
            FileReplyService files,
            TemplateButton template,
            PrivacyNavigation privacy,
            Session session) {
        this.conversations = conversations;
        this.handover = handover;
        this.files = files;
        this.template = template;
        this.privacy = privacy;
        this.session = session;
        addClassName("sb-thread");
        Anchor back = new Anchor("conversations", VaadinIcon.ARROW_LEFT.create());
        back.getElement().setAttribute("aria-label", getTranslation("conversations.back"));
        back.addClassName("sb-thread-back");
        channel.addClassName("sb-quiet");
        takeOver = Buttons.plain(getTranslation("conversations.takeover"), VaadinIcon.HAND, () -> changeHands(true));
        release =
                Buttons.plain(getTranslation("conversations.release"), VaadinIcon.COMMENT_O, () -> changeHands(false));
        Div names = new Div(contact, channel);
        names.addClassName("sb-thread-names");
        Div actions = new Div(template, takeOver, release);
        actions.addClassName("sb-thread-actions");
        header = new Header(back, names, data, actions);
        data.addClassName("sb-row-actions");
        input.setI18n(new MessageInputI18n()
                .setMessage(getTranslation("conversations.reply"))
                .setSend(getTranslation("conversations.send")));
        input.addSubmitListener(submit -> reply(submit.getValue()));
        messages.addClassName("sb-messages");
        messages.getElement().setAttribute("role", "log");
        messages.getElement().setAttribute("tabindex", "0");
        messages.getElement().setAttribute("aria-label", getTranslation("conversations.messages"));
    }

    void showNothing() {
        removeAll();
        current = null;
        drawn = List.of();
        add(new EmptyState(
                VaadinIcon.COMMENT_ELLIPSIS_O,
                getTranslation("conversations.choose"),
                getTranslation("conversations.choose.sentence")));
    }

    void show(TenantId tenant, ConversationSummary conversation) {
        contact.setText(conversation.contact());
        boolean mine = session.may(Permission.ANSWER_CONVERSATIONS);
        boolean taken = conversation.takenBy() != null;
        channel.setText(place(conversation));
        takeOver.setVisible(mine && !taken);
        release.setVisible(mine && taken);
        input.setVisible(mine && taken);
        chooser.setVisible(mine && taken && takesFiles(tenant, conversation.id()));
        template.show(conversation, () -> refresh(tenant, conversation.id()));
        if (!conversation.id().equals(current)) {
            removeAll();
            add(header, messages, chooser, input);
            chooser.clear();
            messages.removeAll();
            drawn = List.of();
            fileParts.clear();
            current = conversation.id();
            showData(conversation);
        }
        draw(Pages.last(SHOWN, page -> conversations.messages(tenant, conversation.id(), page)));
    }

    /** Where the conversation takes place, who answers, and until when that is possible. */
    private String place(ConversationSummary conversation) {
        String place = conversation.takenBy() == null
                ? conversation.channelName()
                : getTranslation("conversations.taken", conversation.channelName(), conversation.takenBy());
        if (conversation.optedOut()) {
            place = getTranslation("conversations.optedout", place);
        }
        AnswerWindow window = conversation.window();
        if (window == null) {
            return place;
        }
        return window.open() && window.until() != null
                ? getTranslation("conversations.window.open", place, Moments.full(window.until()))
                : getTranslation("conversations.window.closed", place);
    }

    private void showData(ConversationSummary conversation) {
        data.removeAll();
        if (session.may(Permission.MANAGE_PRIVACY)) {
            data.add(
                    privacy.personLink(this, conversation.id()),
                    Buttons.icon(
                            VaadinIcon.TRASH,
                            getTranslation("person.erase.label", conversation.contact()),
                            () -> privacy.erasePerson(
                                    this, conversation, () -> getUI().ifPresent(ui -> ui.navigate("conversations")))));
        }
    }

    private void changeHands(boolean toPerson) {
        ConversationId conversation = current;
        if (conversation == null) {
            return;
        }
        TenantId tenant = session.tenantFor(Permission.ANSWER_CONVERSATIONS);
        if (toPerson) {
            handover.takeOver(tenant, conversation, session.actor());
        } else {
            handover.release(tenant, conversation, session.actor());
        }
        refresh(tenant, conversation);
    }

    private boolean takesFiles(TenantId tenant, ConversationId conversation) {
        return files.rules(tenant, conversation).obstacle() == null;
    }

    /** With the words that stand in the field, if any. */
    private void sendFile() {
        input.getElement().executeJs("return this.value ?? ''").then(String.class, this::reply);
    }

    private void reply(String text) {
        ConversationId conversation = current;
        if (conversation == null) {
            return;
        }
        Optional<FileChooser.Choice> file = chooser.choice();
        if (file.isPresent()) {
            reply(conversation, text, file.get());
            return;
        }
        if (text.isBlank()) {
            return;
        }
        if (text.strip().length() > HandoverService.MAX_TEXT_LENGTH) {
            Notice.problem(getTranslation("conversations.toolong", HandoverService.MAX_TEXT_LENGTH));
            return;
        }
        TenantId tenant = session.tenantFor(Permission.ANSWER_CONVERSATIONS);
        handover.reply(tenant, conversation, text, session.actor());
        refresh(tenant, conversation);
    }

    private void reply(ConversationId conversation, String text, FileChooser.Choice file) {
        TenantId tenant = session.tenantFor(Permission.ANSWER_CONVERSATIONS);
        FileReply outcome = files.send(tenant, conversation, text, file.name(), file.content(), session.actor());
        boolean sent = outcome instanceof FileReply.Underway;
        input.getElement().executeJs("this.value = $0", sent ? "" : text);
        if (sent) {
            chooser.clear();
        } else {
            Notice.problem(problem(outcome));
        }
        refresh(tenant, conversation);
    }

    private String problem(FileReply outcome) {
        return switch (outcome) {
            case FileReply.Underway _, FileReply.UnknownConversation _ -> getTranslation("attach.gone");
            case FileReply.InvalidFile(var problem) -> getTranslation("attach.file", problem);
            case FileReply.InvalidText(var problem) -> getTranslation("attach.text", problem);
            case FileReply.TooLarge(var sentence) -> sentence;
            case FileReply.Refused(var sentence) -> sentence;
        };
    }

    private void refresh(TenantId tenant, ConversationId conversation) {
        conversations.find(tenant, conversation).ifPresent(found -> show(tenant, found));
    }

    private Bubble bubble(ThreadMessage message) {
        ConversationId conversation = current;
        SentFile file = message.file();
        if (file == null || conversation == null) {
            return Bubble.inThread(message);
        }
        return Bubble.inThread(
                message,
                fileParts.computeIfAbsent(
                        message.id(),
                        _ -> new FilePart(
                                file,
                                () -> DownloadHandler.fromInputStream(event -> download(conversation, message)))));
    }

    private DownloadResponse download(ConversationId conversation, ThreadMessage message) {
        return files.find(session.tenantFor(Permission.READ_CONVERSATIONS), conversation, new ReplyId(message.id()))
                .map(file -> new DownloadResponse(
                        new ByteArrayInputStream(file.content()),
                        file.name(),
                        file.type().mediaType(),
                        file.content().length))
                .orElseGet(() -> DownloadResponse.error(404));
    }

    /** What did not change stays as it is, so that people may read, open and save it meanwhile. */
    private void draw(List<ThreadMessage> now) {
        if (now.equals(drawn)) {
            return;
        }
        int there = 0;
        while (there < Math.min(now.size(), drawn.size())
                && now.get(there).id().equals(drawn.get(there).id())) {
            if (!now.get(there).equals(drawn.get(there))) {
                messages.replace(messages.getComponentAt(there), bubble(now.get(there)));
            }
            there++;
        }
        for (int i = drawn.size() - 1; i >= there; i--) {
            messages.remove(messages.getComponentAt(i));
        }
        now.subList(there, now.size()).forEach(message -> messages.add(bubble(message)));
        drawn = now;
        messages.getElement().executeJs("setTimeout(() => this.scrollTop = this.scrollHeight, 30)");
    }
}
