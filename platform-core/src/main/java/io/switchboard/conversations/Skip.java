package io.switchboard.conversations;

/** Why a message that asks for an answer gets none from the bot; people see it. */
enum Skip {
    /** Too old when its turn came. */
    STALE,
    /** The customer wrote more than the bot answers, and was told so. */
    FLOOD,
    /** The customer wants no messages. */
    OPTED_OUT
}
