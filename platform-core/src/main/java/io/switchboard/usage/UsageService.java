package io.switchboard.usage;

import io.switchboard.kernel.TenantId;
import java.time.LocalDate;
import java.util.List;
import org.springframework.stereotype.Service;

/** Quotas and the ledger. A reservation is taken before the work and settled with its result, so a budget is never overspent. */
@Service
public class UsageService {

    /** Reserves one answer, in a transaction of its own. Reservations that nobody settles lapse after ten minutes. */
    public Reservation reserve(TenantId tenant, ReservationKey key) {
        throw new UnsupportedOperationException();
    }

    /** Turns a reservation into usage and writes the ledger row; joins the caller's transaction. Settling twice counts once. */
    public void settle(TenantId tenant, ReservationKey key, Consumption consumption) {
        throw new UnsupportedOperationException();
    }

    /** Gives a reservation back; does nothing if it is settled already. */
    public void release(TenantId tenant, ReservationKey key) {
        throw new UnsupportedOperationException();
    }

    public QuotaState quota(TenantId tenant) {
        throw new UnsupportedOperationException();
    }

    /** Days in UTC from {@code from} to {@code to}, both inclusive; days without usage are absent. */
    public List<DailyUsage> daily(TenantId tenant, LocalDate from, LocalDate to) {
        throw new UnsupportedOperationException();
    }
}
