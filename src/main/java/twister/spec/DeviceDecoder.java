package twister.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import twister.yaml.KeyedValue;
import twister.yaml.Section;
import twister.yaml.TextRule;
import twister.yaml.YamlValue;

/// Reads what an experiment is to train on.
final class DeviceDecoder {
  private static final String KEY = "device";
  private static final TextRule CHOICE = TextRule.matching(DeviceSpec.ALLOWED, DeviceSpec.CHOICE);
  private static final TextRule ONLY_FPGA = TextRule.matching("fpga", Pattern.compile("fpga"));

  private final Section top;
  private final Optional<ModelChoice> model;
  private final Path file;

  /// @param file of the experiment, from where others are looked up
  DeviceDecoder(Section top, Optional<ModelChoice> model, Path file) {
    this.top = top;
    this.model = model;
    this.file = file;
  }

  /// The device; that of the default where it has mistakes, which are reported.
  DeviceSpec device() {
    Optional<KeyedValue> found = top.value(KEY);
    if (found.isEmpty()) {
      return DeviceSpec.auto();
    }
    DeviceSpec device =
        found.get().value() instanceof YamlValue.Mapping
            ? fpga(top.optionalSection(KEY, "{kind: fpga, bitstream: kernels.aocx}"))
            : found
                .get()
                .as(CHOICE)
                .map(choice -> new DeviceSpec(choice, Optional.empty(), Optional.empty()))
                .orElseGet(DeviceSpec::auto);
    refuseDeviceOfCounts(found.get(), device);
    return device;
  }

  private DeviceSpec fpga(Section section) {
    section.required("kind", ONLY_FPGA);
    Optional<String> bitstream = section.value("bitstream").flatMap(this::filled);
    Optional<String> config = section.value("config").flatMap(this::filled);
    section.end();
    return new DeviceSpec(DeviceSpec.FPGA, bitstream, config);
  }

  /// The name of a file that is there and can be read; another one would end the process later.
  private Optional<String> filled(KeyedValue found) {
    Optional<String> name = found.asFile(named -> FileSearch.beside(named, file));
    Optional<String> problem =
        name.flatMap(there -> problem(FileSearch.beside(Path.of(there), file)));
    problem.ifPresent(what -> found.report(name.orElseThrow() + " " + what));
    return problem.isPresent() ? Optional.empty() : name;
  }

  private static Optional<String> problem(Path there) {
    try {
      return Files.size(there) == 0
          ? Optional.of("is empty")
          : Files.isReadable(there) ? Optional.empty() : Optional.of("cannot be read");
    } catch (IOException e) {
      return Optional.of("cannot be read");
    }
  }

  private void refuseDeviceOfCounts(KeyedValue found, DeviceSpec device) {
    boolean isCpu =
        device.choice().equals(DeviceSpec.AUTO) || device.choice().equals(DeviceSpec.CPU);
    if (!isCpu && model.isPresent() && model.get().kind() == ModelKind.COUNTS) {
      found.refuse("auto or cpu (counts need no training)" + model.get().cause().because(KEY));
    }
  }
}
