package io.switchboard.sites;

import io.switchboard.kernel.SiteId;
import io.switchboard.kernel.TenantId;
import java.time.Instant;

/**
 * A run of a site is to begin at a time; published in the transaction that decides it, and whoever runs sites plans it in the same one.
 *
 * @param run its number; {@link #REMOVAL} to take the site away
 */
public record SiteDue(TenantId tenant, SiteId site, int run, Instant at) {

    public static final int REMOVAL = 0;
}
