package io.switchboard.bots;

import io.switchboard.kernel.BotId;
import io.switchboard.kernel.PageRequest;
import io.switchboard.kernel.Slice;
import io.switchboard.kernel.TenantId;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Bots of a tenant. Creating a bot publishes its first version; later changes go to the draft until published. */
@Service
public class BotService {

    public BotCreation create(TenantId tenant, String name, BotDefinition definition) {
        throw new UnsupportedOperationException();
    }

    public BotCreation changeDraft(TenantId tenant, BotId bot, String name, BotDefinition draft) {
        throw new UnsupportedOperationException();
    }

    /** Makes the draft live; empty if there is no such bot. */
    public Optional<Bot> publish(TenantId tenant, BotId bot) {
        throw new UnsupportedOperationException();
    }

    public Optional<Bot> find(TenantId tenant, BotId bot) {
        throw new UnsupportedOperationException();
    }

    public Slice<Bot> list(TenantId tenant, PageRequest page) {
        throw new UnsupportedOperationException();
    }
}
