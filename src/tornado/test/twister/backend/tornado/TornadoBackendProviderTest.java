package twister.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TornadoBackendProviderTest {

  @ParameterizedTest
  @ValueSource(strings = {"CUDADriver JNI Library not found", "PTX JNI Library not found"})
  void sdkWithoutItsLibrariesSaysWhichItNeeds(String message) {
    String reason =
        TornadoBackendProvider.reason(
            new ExceptionInInitializerError(new RuntimeException(message)));
    assertTrue(reason.contains(message), reason);
    assertTrue(reason.contains("libcuda.so.1"), reason);
    assertTrue(reason.contains("libnvrtc.so"), reason);
  }
}
