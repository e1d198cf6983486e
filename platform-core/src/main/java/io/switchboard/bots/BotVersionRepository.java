package io.switchboard.bots;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface BotVersionRepository extends Repository<BotVersionRow, UUID> {

    BotVersionRow save(BotVersionRow version);

    /** The live version of each bot. */
    @Query(
            "select v from BotVersionRow v join BotRow b on b.id = v.botId and b.liveVersion = v.number where b.id in :bots")
    List<BotVersionRow> findLive(Collection<UUID> bots);
}
