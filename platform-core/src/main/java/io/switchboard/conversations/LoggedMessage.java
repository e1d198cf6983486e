package io.switchboard.conversations;

import io.switchboard.kernel.ChannelId;
import io.switchboard.kernel.ConversationId;

/** A message in a list over several conversations. */
public record LoggedMessage(ConversationId conversation, ChannelId channel, ThreadMessage message) {}
