package io.switchboard.conversations;

import io.switchboard.kernel.ConversationId;
import io.switchboard.kernel.TenantId;

/** Something in a conversation changed; published after commit, for live views. */
public record ConversationChanged(TenantId tenant, ConversationId conversation) {}
