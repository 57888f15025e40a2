package twister.page;

import twister.spec.LossUnit;

/// What a report shows.
///
/// @param unit of losses in sentences and tables; charts have nats, but for those of steps
/// @param showsTest whether losses on the test words are shown
public record ReportOptions(LossUnit unit, boolean showsTest) {}
