package io.switchboard.ui.channels;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import io.switchboard.conversations.TestMessage;
import io.switchboard.conversations.TestMessageService;
import io.switchboard.kernel.ChannelId;
import io.switchboard.permissions.Permission;
import io.switchboard.ui.conversations.ConversationsNavigation;
import io.switchboard.ui.parts.Buttons;
import io.switchboard.ui.shell.Session;

/** Sends a text to the visitor's own telephone. */
class TestMessagePanel extends Div {

    private final TestMessageService tests;
    private final Session session;
    private final ChannelId channel;
    private final TextField telephone = new TextField();
    private final Div outcome = new Div();

    TestMessagePanel(TestMessageService tests, Session session, ChannelId channel) {
        this.tests = tests;
        this.session = session;
        this.channel = channel;
        telephone.setLabel(getTranslation("testmessage.telephone"));
        telephone.setHelperText(getTranslation("testmessage.telephone.help"));
        telephone.setPlaceholder("+49 151 2345678");
        telephone.getElement().setAttribute("type", "tel");
        telephone.getElement().setAttribute("autocomplete", "tel");
        telephone.setWidthFull();
        telephone.addKeyPressListener(Key.ENTER, press -> send());
        outcome.getElement().setAttribute("aria-live", "polite");
        Div row = new Div(Buttons.plain(getTranslation("testmessage.send"), VaadinIcon.PAPERPLANE_O, this::send));
        row.addClassName("sb-row");
        addClassName("sb-form");
        add(telephone, row, outcome);
    }

    private void send() {
        outcome.removeAll();
        telephone.setInvalid(false);
        switch (tests.send(
                session.tenantFor(Permission.EDIT_CHANNELS), channel, telephone.getValue(), session.actor())) {
            case TestMessage.Underway(var conversation, var _) -> {
                Paragraph sent = new Paragraph(getTranslation("testmessage.sent") + " ");
                sent.add(new Anchor(
                        ConversationsNavigation.path(conversation), getTranslation("testmessage.conversation")));
                outcome.add(sent);
            }
            case TestMessage.InvalidTelephone(var problem) -> {
                telephone.setErrorMessage(getTranslation("newchannel.refused", problem));
                telephone.setInvalid(true);
                telephone.focus();
            }
            case TestMessage.Refused(var sentence, var remedy) -> {
                Paragraph what = new Paragraph(remedy);
                what.addClassName("sb-remedy");
                outcome.add(new Paragraph(sentence), what);
            }
            case TestMessage.UnknownChannel() -> outcome.add(new Paragraph(getTranslation("testmessage.gone")));
        }
    }
}
