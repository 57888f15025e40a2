package twister.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import twister.report.TableFormat;
import twister.text.VisibleText;
import twister.tracking.ChartImages;
import twister.tracking.Evaluation;
import twister.tracking.Metrics;
import twister.tracking.RunFolder;
import twister.tracking.RunStatus;
import twister.tracking.RunsTable;
import twister.tracking.Samples;

/// The events of a run: its hyperparameters, the losses and names of its steps, how it ended, its
/// charts.
///
/// A loss after the update of a step stands one step further to the right, beside the training loss
/// of the same weights, as in the charts. Losses that are no finite single-precision number are
/// left out: TensorBoard takes the last point for the result. Losses on test words are left out,
/// too: who looks at them while choosing has none left to test by.
final class RunEvents implements EventFile.Records {
  /// The scalars that say what a run came to, by the columns of the table of runs.
  static final String FINAL = "final/";

  private static final List<String> FINALS = List.of("loss", "nll", "train_loss", "dev_loss");

  private final Events events;
  private final RunsTable.Row row;
  private final RunFolder folder;
  private final Map<String, Object> values;
  private final String group;

  /// @param row what the table says of the run
  /// @param folder where its files are
  /// @param group what its group is called
  RunEvents(
      Events events,
      RunsTable.Row row,
      RunFolder folder,
      List<Hyperparameter> hyperparameters,
      String group) {
    this.events = events;
    this.row = row;
    this.folder = folder;
    this.group = group;
    values = new LinkedHashMap<>();
    for (Hyperparameter next : hyperparameters) {
      String cell = row.text(next.key());
      if (!cell.isEmpty()) {
        values.put(next.key(), next.value(cell));
      }
    }
  }

  /// An event after the update of a step.
  private record Later(long step, byte[] record) {}

  @Override
  public void writeTo(EventFile.Sink sink) throws IOException {
    sink.accept(events.version());
    sink.accept(events.sessionStart(values, group));
    if (row.status() != RunStatus.FAILED) {
      writeSteps(sink);
    }
    writeEnd(sink);
  }

  private void writeSteps(EventFile.Sink sink) throws IOException {
    Deque<Later> later = later();
    if (folder.has(folder.metrics())) {
      boolean isPenalized = row.number("training.l2") > 0;
      Metrics.forEachRow(
          folder.metrics(),
          (step, loss, nll, _) -> {
            writeUntil(step, later, sink);
            scalar(sink, "loss", step, loss);
            if (isPenalized) {
              scalar(sink, "nll", step, nll);
            }
          });
    }
    writeUntil(Long.MAX_VALUE, later, sink);
  }

  private static void writeUntil(long step, Deque<Later> later, EventFile.Sink sink)
      throws IOException {
    while (!later.isEmpty() && later.peekFirst().step <= step) {
      sink.accept(later.removeFirst().record);
    }
  }

  /// What comes after updates, in the order of the steps.
  private Deque<Later> later() throws IOException {
    List<Later> all = new ArrayList<>();
    if (folder.has(folder.evaluation())) {
      for (Evaluation next : Evaluation.read(folder.evaluation())) {
        String tag = next.split() + "_loss";
        if (FINALS.contains(tag) && Double.isFinite(next.loss())) {
          long step = next.step() + 1;
          all.add(new Later(step, events.scalar(tag, step, single(next.loss()))));
        }
      }
    }
    if (folder.has(folder.samples())) {
      for (Samples set : Samples.read(folder.samples())) {
        long step = set.step() + 1;
        all.add(new Later(step, events.text("samples", step, lines(set.names()))));
      }
    }
    all.sort(Comparator.comparingLong(Later::step));
    return new ArrayDeque<>(all);
  }

  /// TensorBoard takes text for Markdown.
  private static List<String> lines(List<String> names) {
    return names.stream()
        .map(name -> TableFormat.escapedForMarkdown(VisibleText.visible(name)))
        .toList();
  }

  private static void scalar(Events events, EventFile.Sink sink, String tag, long step, double loss)
      throws IOException {
    if (Double.isFinite(loss)) {
      sink.accept(events.scalar(tag, step, single(loss)));
    }
  }

  /// The nearest number of single precision that is finite: a run whose losses are too large for it
  /// shall not look as one that ended before they were.
  private static float single(double loss) {
    return (float) Math.clamp(loss, -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  private void scalar(EventFile.Sink sink, String tag, long step, double loss) throws IOException {
    scalar(events, sink, tag, step, loss);
  }

  private void writeEnd(EventFile.Sink sink) throws IOException {
    Optional<Events.Ending> ending = ending();
    if (ending.isEmpty()) {
      return;
    }
    long steps = row.status().isComplete() ? (long) row.number("steps") : 0;
    for (String column : FINALS) {
      scalar(sink, FINAL + column, steps, row.number(column));
    }
    double seconds = row.number("training_seconds");
    sink.accept(events.sessionEnd(ending.get(), Double.isNaN(seconds) ? 0 : seconds));
    writeCharts(events, folder.charts(), steps, sink);
  }

  /// Nothing of a run that may go on.
  private Optional<Events.Ending> ending() {
    return switch (row.status()) {
      case FINISHED -> Optional.of(Events.Ending.SUCCESS);
      case DIVERGED, FAILED -> Optional.of(Events.Ending.FAILURE);
      case RUNNING, INTERRUPTED -> Optional.empty();
    };
  }

  /// Writes the charts of a folder.
  static void writeCharts(Events events, Path charts, long step, EventFile.Sink sink)
      throws IOException {
    for (Map.Entry<String, Path> chart : ChartImages.in(charts).entrySet()) {
      Optional<Picture> picture = Picture.of(ChartImages.read(chart.getValue()));
      if (picture.isPresent()) {
        sink.accept(events.image("charts/" + chart.getKey(), step, picture.get()));
      }
    }
  }
}
