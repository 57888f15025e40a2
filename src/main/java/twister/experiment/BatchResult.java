package twister.experiment;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What another machine made of a batch, in plain values.
///
/// @param runs the files of each run by their names, in the order of the batch; none if it failed
/// @param problem why it failed; empty if it did not
public record BatchResult(List<Map<String, byte[]>> runs, String problem) implements Serializable {
  private static final long serialVersionUID = 1;

  public BatchResult {
    runs = new ArrayList<>(runs);
  }

  static BatchResult failed(String problem) {
    return new BatchResult(List.of(), problem);
  }
}
