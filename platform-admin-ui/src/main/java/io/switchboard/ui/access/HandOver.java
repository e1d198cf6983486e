package io.switchboard.ui.access;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Paragraph;
import io.switchboard.access.Invitation;
import io.switchboard.access.InvitationService;
import io.switchboard.access.LinkDelivery;
import io.switchboard.access.Member;
import io.switchboard.access.PasswordResetService;
import io.switchboard.ui.parts.CopyField;
import io.switchboard.ui.parts.Dialogs;
import io.switchboard.ui.parts.Notice;
import io.switchboard.ui.parts.ProgramAddress;
import org.springframework.stereotype.Component;

/** Says that a link was mailed, or shows it to be handed over. */
@Component
class HandOver {

    private final ProgramAddress address;

    HandOver(ProgramAddress address) {
        this.address = address;
    }

    void invitation(Invitation invitation, LinkDelivery link) {
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

    void resetLink(Member member, LinkDelivery link) {
        if (link.mailed()) {
            Notice.done(text("member.reset.mailed", member.email().value()));
            return;
        }
        show(
                text("member.reset.title", member.name()),
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
