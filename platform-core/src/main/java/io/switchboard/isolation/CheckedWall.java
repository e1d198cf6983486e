package io.switchboard.isolation;

/** Makes two tenants, tries to pass the wall between them, and erases them. The edge knows how to call the program. */
public interface CheckedWall {

    /** What was found at the endpoints and at the tables. */
    record Result(Findings endpoints, Findings tables) {}

    Result check();
}
