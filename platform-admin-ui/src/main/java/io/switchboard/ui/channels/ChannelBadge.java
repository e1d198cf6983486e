package io.switchboard.ui.channels;

import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import io.switchboard.channels.Channel;
import io.switchboard.channels.ChannelStatus;

/** Whether replies leave through a channel. */
class ChannelBadge extends Badge {

    ChannelBadge(Channel channel) {
        setText(getTranslation("channel.status." + channel.status()));
        addThemeVariants(channel.status() == ChannelStatus.ACTIVE ? BadgeVariant.SUCCESS : BadgeVariant.ERROR);
    }
}
