package twister;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("processor")
class SourceFormatTest {
  @Test
  void sourcesAreLaidOutByTheFormatter() throws IOException {
    assertTrue(SourceFormat.sources().size() > 100, "there are no sources here");
    assertEquals(
        List.of(), new SourceFormat().unformatted(), "run: mvn -q test-compile exec:exec@format");
  }
}
