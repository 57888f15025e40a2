package twister.export;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Events as TensorBoard reads them, each as a whole record of an event file.
///
/// The field numbers are those of TensorBoard's event.proto, summary.proto, tensor.proto and, of
/// hyperparameters, api.proto and plugin_data.proto.
///
/// @param wallTime of all events, in seconds since 1970: metrics do not say when a step was done
record Events(double wallTime) {
  private static final int FLOAT = 1;
  private static final int STRING = 7;

  /// What a session of hyperparameters ended with, by TensorBoard's numbers.
  enum Ending {
    /// Finished.
    SUCCESS(1),
    /// Diverged or failed.
    FAILURE(2);

    private final int number;

    Ending(int number) {
      this.number = number;
    }
  }

  /// The first event of every file.
  byte[] version() {
    return EventRecord.of(new ProtoMessage().number(1, wallTime).text(3, "brain.Event:2").bytes());
  }

  private byte[] value(long step, ProtoMessage value) {
    return EventRecord.of(
        new ProtoMessage()
            .number(1, wallTime)
            .whole(2, step)
            .message(5, new ProtoMessage().message(1, value))
            .bytes());
  }

  /// A number at a step.
  byte[] scalar(String tag, long step, float number) {
    return value(step, new ProtoMessage().text(1, tag).single(2, number));
  }

  /// Lines of Markdown at a step, a row of a table each.
  byte[] text(String tag, long step, List<String> lines) {
    List<byte[]> rows = lines.stream().map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    return strings(tag, step, "text", rows);
  }

  /// A picture at a step.
  byte[] image(String tag, long step, Picture picture) {
    List<byte[]> parts = List.of(ascii(picture.width()), ascii(picture.height()), picture.png());
    return strings(tag, step, "images", parts);
  }

  private static byte[] ascii(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] strings(String tag, long step, String plugin, List<byte[]> strings) {
    ProtoMessage dimension = new ProtoMessage().whole(1, strings.size());
    ProtoMessage tensor =
        new ProtoMessage().whole(1, STRING).message(2, new ProtoMessage().message(2, dimension));
    strings.forEach(string -> tensor.bytes(8, string));
    ProtoMessage metadata = new ProtoMessage().message(1, new ProtoMessage().text(1, plugin));
    return value(step, new ProtoMessage().text(1, tag).message(8, tensor).message(9, metadata));
  }

  /// Which hyperparameters there are, and by what runs are judged.
  ///
  /// @param metric the tag of a scalar
  byte[] experiment(List<Hyperparameter> hyperparameters, String metric) {
    ProtoMessage experiment = new ProtoMessage();
    for (Hyperparameter next : hyperparameters) {
      experiment.message(
          4,
          new ProtoMessage()
              .text(1, next.key())
              .text(2, next.shortName())
              .whole(4, next.kind().number()));
    }
    ProtoMessage name = new ProtoMessage().text(2, metric);
    experiment.message(5, new ProtoMessage().message(1, name));
    return hyperparameters("_hparams_/experiment", 2, experiment);
  }

  /// With which hyperparameters a run began.
  ///
  /// @param values by key; text, numbers and truth values
  /// @param group what the runs have in common that differ in nothing but the seed
  byte[] sessionStart(Map<String, Object> values, String group) {
    ProtoMessage start = new ProtoMessage();
    values.forEach(
        (key, value) -> start.message(1, new ProtoMessage().text(1, key).message(2, value(value))));
    start.text(4, group).number(5, wallTime);
    return hyperparameters("_hparams_/session_start_info", 3, start);
  }

  private static ProtoMessage value(Object value) {
    return switch (value) {
      case Double number -> new ProtoMessage().number(2, number);
      case Boolean truth -> new ProtoMessage().choice(4, truth ? 1 : 0);
      default -> new ProtoMessage().text(3, value.toString());
    };
  }

  /// How a run ended.
  ///
  /// @param seconds between its start and its end
  byte[] sessionEnd(Ending ending, double seconds) {
    return hyperparameters(
        "_hparams_/session_end_info",
        4,
        new ProtoMessage().whole(1, ending.number).number(2, wallTime + seconds));
  }

  private byte[] hyperparameters(String tag, int field, ProtoMessage content) {
    ProtoMessage plugin =
        new ProtoMessage()
            .text(1, "hparams")
            .message(2, new ProtoMessage().message(field, content));
    ProtoMessage nothing =
        new ProtoMessage()
            .whole(1, FLOAT)
            .message(2, new ProtoMessage().message(2, new ProtoMessage()));
    return value(
        0,
        new ProtoMessage()
            .text(1, tag)
            .message(8, nothing)
            .message(9, new ProtoMessage().message(1, plugin)));
  }
}
