package twister.spec;

import twister.yaml.Constraint;

/// How many losses a run has.
record LossCount(int count, Constraint cause) {}
