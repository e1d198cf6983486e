package io.switchboard.isolation;

/** Outcome of {@link IsolationService#run}. */
public sealed interface IsolationRun {

    record Finished(IsolationCheck check) implements IsolationRun {}

    /** Another check is under way; two would disturb each other. */
    record AlreadyRunning() implements IsolationRun {}
}
