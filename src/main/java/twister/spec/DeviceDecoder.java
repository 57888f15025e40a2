package twister.spec;

import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what an experiment is to train on.
final class DeviceDecoder {
  private static final String KEY = "device";
  private static final TextRule CHOICE =
      TextRule.matching(DeviceSpec.ALLOWED, DeviceSpec.CHOICE);
  private static final TextRule ONLY_FPGA = TextRule.matching("fpga", Pattern.compile("fpga"));

  private final Section top;
  private final Optional<ModelChoice> model;

  DeviceDecoder(Section top, Optional<ModelChoice> model) {
    this.top = top;
    this.model = model;
  }

  /// The device; that of the default where it has mistakes, which are reported.
  DeviceSpec device() {
    Optional<Found> found = top.value(KEY);
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

  private static DeviceSpec fpga(Section section) {
    section.required("kind", ONLY_FPGA);
    Optional<String> bitstream =
        section.value("bitstream").flatMap(path -> path.as(SpecDecoder.FILE));
    Optional<String> config = section.value("config").flatMap(path -> path.as(SpecDecoder.FILE));
    section.end();
    return new DeviceSpec(DeviceSpec.FPGA, bitstream, config);
  }

  private void refuseDeviceOfCounts(Found found, DeviceSpec device) {
    boolean isCpu = device.choice().equals(DeviceSpec.AUTO) || device.choice().equals(DeviceSpec.CPU);
    if (!isCpu && model.isPresent() && model.get().kind() == ModelKind.COUNTS) {
      found.refuse("auto or cpu (counts need no training)" + model.get().cause().because(KEY));
    }
  }
}
