package io.switchboard.ingestion;

/** What the queue keeps of work to do. */
interface Job {

    /** Names the job in the queue and in logs. */
    String id();
}
