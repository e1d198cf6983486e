package io.switchboard.sites;

/** Where a site's present or last run is. */
public enum SiteState {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    STOPPED,
    /** It is being taken away with all its pages. */
    REMOVING;

    public boolean underWay() {
        return this == WAITING || this == RUNNING;
    }
}
