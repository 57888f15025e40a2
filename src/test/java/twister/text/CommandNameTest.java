package twister.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandNameTest {
  @AfterEach
  void forget() {
    System.clearProperty("twister.called");
  }

  @Test
  void adviceIsWhatTheUserTypes() {
    assertEquals("twister run", CommandName.with("run"));
    System.setProperty("twister.called", "./twister");
    assertEquals("./twister run --again", CommandName.with("run --again"));
  }
}
