package twister.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import twister.experiment.Experiment;
import twister.spec.DeviceSpec;
import twister.yaml.InvalidInputException;

class DeviceOptionTest extends CommandLineTest {

  @Test
  void deviceThatIsNotThereIsRefusedAndNothingIsWritten() {
    Answer answer = run(small, "--device", "7:7");
    assertEquals(2, answer.code());
    assertTrue(
        answer.err().startsWith("--device 7:7: there is no device 7:7; there are: cpu"),
        answer.err());
    assertFalse(Files.exists(results));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "GPU", "0: 1", "0:", "1", "0:0,", "cpu,0:0", "gpu,0:0", "cpu:all", "auto:all"})
  void whatCouldNeverBeADeviceIsRefusedWithWhatCould(String device) {
    Answer answer = run(small, "--device", device);
    assertEquals(2, answer.code());
    assertTrue(
        answer.err().startsWith("--device: found \"" + device + "\", allowed: auto, cpu, gpu,"),
        answer.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void deviceIsKeptWithTheRun() throws IOException {
    Path run = runFolder(run("-q", small, "--device", "cpu"));
    assertTrue(Files.readString(run.resolve("run.yaml")).contains("index: cpu"));
    assertTrue(Files.readString(run.resolve("spec.yaml")).contains("device: cpu"));
    assertEquals(run, runFolder(run("-q", small)), "auto is the same run");
  }

  @Test
  void devicesAreListedTheProcessorFirst() {
    Answer answer = twister("devices");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(answer.out().startsWith("DEVICE  TYPE"), answer.out());
    assertTrue(answer.out().lines().toList().get(1).startsWith("cpu     cpu   cpu"), answer.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "validate"})
  void missingFilesOfAnFpgaAreAllRefused(String command) {
    Answer answer =
        twister(
            command, small, "--set", "device={kind: fpga, bitstream: no.aocx, config: no.conf}");
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("device.bitstream: there is no file no.aocx"), answer.err());
    assertTrue(answer.err().contains("device.config: there is no file no.conf"), answer.err());
  }

  @Test
  void filesOfAnFpgaAreLookedUpBesideTheExperimentAndRefusedWithTheirLine() throws IOException {
    Files.writeString(folder.resolve("there.aocx"), "kernels");
    Files.createFile(folder.resolve("empty.conf"));
    String text = Files.readString(small);
    long line = text.lines().count() + 1;
    Files.writeString(
        small, text + "device: {kind: fpga, bitstream: there.aocx, config: empty.conf}\n");
    Answer answer = twister("validate", small);
    assertEquals(2, answer.code());
    assertEquals(
        "%s:%d:53: device.config: empty.conf is empty\n".formatted(small, line), answer.err());
  }

  @Test
  void askingForTheFpgaKeepsItsFiles() throws InvalidInputException, IOException {
    Path bitstream = Files.writeString(folder.resolve("there.aocx"), "kernels");
    Files.writeString(
        small, Files.readString(small) + "device: {kind: fpga, bitstream: there.aocx}\n");
    DeviceSpec kept = Experiment.read(small, List.of("device=fpga"), List.of()).request().device();
    assertEquals(Optional.of(bitstream.toString()), kept.bitstream());
    DeviceSpec replaced =
        Experiment.read(small, List.of("device=cpu"), List.of()).request().device();
    assertEquals(new DeviceSpec("cpu", Optional.empty(), Optional.empty()), replaced);
  }

  @Test
  void missingDevicesOfAllFilesAreReportedTogether() throws IOException {
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, Files.readString(small) + "device: 9:8\n");
    Files.writeString(small, Files.readString(small) + "device: 9:9\n");
    Answer answer = run(small, other);
    assertEquals(2, answer.code());
    assertTrue(answer.err().contains("there is no device 9:8"), answer.err());
    assertTrue(answer.err().contains("there is no device 9:9"), answer.err());
  }

  @Test
  void profileOfASweepIsSaidToBeLeftOut() {
    Answer answer = run("-q", small, "--sweep", "training.l2=0,0.1", "--profile");
    assertEquals(0, answer.code(), answer.err());
    assertTrue(
        answer.err().contains("--profile is for single runs; the sweep small is trained without"),
        answer.err());
  }
}
