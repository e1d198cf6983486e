package io.switchboard.bots;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface BotRepository extends Repository<BotRow, UUID> {

    BotRow save(BotRow bot);

    Optional<BotRow> findById(UUID id);

    /** Locked, so that two editors publish one after the other. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from BotRow where id = :id")
    Optional<BotRow> findForChange(UUID id);

    List<BotRow> findByIdGreaterThanOrderById(UUID after, Limit limit);
}
