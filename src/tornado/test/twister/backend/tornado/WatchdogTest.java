package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import twister.backend.Device;

class WatchdogTest {
  private final List<String> said = new ArrayList<>();
  private final Watchdog watchdog =
      new Watchdog(
          new Device("0:1", Device.Kind.GPU, "cuda", "a GPU", 0, "a driver"), 3, said::add);

  private void look(int seconds) {
    for (int i = 0; i < seconds; i++) {
      watchdog.look();
    }
  }

  @Test
  void callThatDoesNotComeBackIsSaidInASentence() {
    watchdog.begin(Watchdog.Call.COPY);
    look(3);
    assertEquals(List.of(), said);
    look(1);
    assertEquals(
        List.of(
            "0:1 (a GPU) did not give its results back within 3 seconds: its driver hangs, or the"
                + " device is lost"),
        said);
  }

  @Test
  void callsThatComeBackAndTimesBetweenThemAreNotCounted() {
    for (int i = 0; i < 10; i++) {
      watchdog.begin(Watchdog.Call.LAUNCH);
      look(3);
      watchdog.end();
    }
    look(10);
    assertEquals(List.of(), said);
  }

  @Test
  void firstLaunchHasTimeToCompile() {
    watchdog.begin(Watchdog.Call.FIRST_LAUNCH);
    look(12);
    assertEquals(List.of(), said);
    look(1);
    assertEquals(1, said.size());
  }
}
