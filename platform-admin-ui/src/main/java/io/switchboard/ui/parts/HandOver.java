package io.switchboard.ui.parts;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Paragraph;
import io.switchboard.access.Invitation;
import io.switchboard.access.InvitationService;
import io.switchboard.access.LinkDelivery;
import io.switchboard.access.PasswordResetService;
import io.switchboard.kernel.EmailAddress;
import org.springframework.stereotype.Component;

/** Says that a link was mailed, or shows it to be handed over. */
@Component
public class HandOver {

    private final ProgramAddress address;

    HandOver(ProgramAddress address) {
        this.address = address;
    }

    public void invitation(Invitation invitation, LinkDelivery link) {
        String guest = invitation.email().value();
        if (link.mailed()) {
            Notice.done(text("invitation.mailed", guest));
            return;
        }
        show(
                text("invitation.link.title", guest),
                text("invitation.link.sentence", InvitationService.LIFETIME.toDays()),
                link);
    }

    public void resetLink(String name, EmailAddress email, LinkDelivery link) {
        if (link.mailed()) {
            Notice.done(text("member.reset.mailed", email.value()));
            return;
        }
        show(
                text("member.reset.title", name),
                text("member.reset.sentence", PasswordResetService.HANDED_OVER_LIFETIME.toHours()),
                link);
    }

    private void show(String title, String sentence, LinkDelivery link) {
        CopyField field = new CopyField(text("link"), address.of(String.valueOf(link.handOver())));
        field.addClassName("sb-secret");
        Dialogs.showOnce(title, text("link.kept"), new Paragraph(sentence), field, Dialogs.warning(text("link.once")));
    }

    private static String text(String key, Object... params) {
        return UI.getCurrent().getTranslation(key, params);
    }
}
