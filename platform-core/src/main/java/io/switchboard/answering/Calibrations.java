package io.switchboard.answering;

import io.switchboard.answering.SimilarityScale.Calibration;
import io.switchboard.database.SystemDatabase;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** What was measured of embedding models; the same for all tenants. */
@Repository
class Calibrations {

    private final SystemDatabase system;
    private final Clock clock;

    Calibrations(SystemDatabase system, Clock clock) {
        this.system = system;
        this.clock = clock;
    }

    Optional<Calibration> find(String model) {
        return system.jdbc()
                .sql("select unrelated, matching from similarity_scale where model = :model")
                .param("model", model)
                .query((row, number) -> new Calibration(row.getDouble("unrelated"), row.getDouble("matching")))
                .optional();
    }

    /** What another process has measured meanwhile stays. */
    void keep(String model, Calibration measured) {
        system.jdbc()
                .sql("""
                        insert into similarity_scale (model, unrelated, matching, measured_at)
                        values (:model, :unrelated, :matching, :at)
                        on conflict (model) do nothing
                        """)
                .param("model", model)
                .param("unrelated", measured.unrelated())
                .param("matching", measured.matching())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
