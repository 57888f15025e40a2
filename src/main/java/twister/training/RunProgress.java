package twister.training;

import java.util.Optional;
import twister.backend.RunState;

/// Where a run is between two steps, and how it got there as far as that matters for the rest.
///
/// @param steps how many updates its training has had, also after it ended
/// @param state of its session
/// @param stop of a run that may end early
/// @param result of a run that has ended before the others of its session
public record RunProgress(
    int steps, RunState state, Optional<EarlyStop.State> stop, Optional<Trainer.Result> result) {}
