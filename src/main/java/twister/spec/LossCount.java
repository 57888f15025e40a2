package twister.spec;

/// How many losses a run has.
record LossCount(int count, Cause cause) {}
