package io.switchboard.tenancy;

/** A plan was made, or its limits changed. */
public record PlanSaved(Plan plan) {}
