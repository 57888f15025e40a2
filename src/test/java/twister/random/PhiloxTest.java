package twister.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhiloxTest {
  /// The known answers for philox4x32-10 in `kat_vectors` of Random123, the authors' library:
  /// counter and key, words in order.
  @ParameterizedTest
  @CsvSource({
    "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
    "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
    "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1",
  })
  void theBlocksAreThoseOfTheAuthors(String counter, String key, String answer) {
    String[] words = counter.split(" ", -1);
    String[] keys = key.split(" ", -1);
    int[] block =
        new Philox(joined(keys[0], keys[1]))
            .block(joined(words[0], words[1]), joined(words[2], words[3]));
    HexFormat hex = HexFormat.of();
    assertEquals(
        answer, Arrays.stream(block).mapToObj(hex::toHexDigits).collect(Collectors.joining(" ")));
  }

  private static long joined(String low, String high) {
    return HexFormat.fromHexDigitsToLong(high + low);
  }
}
