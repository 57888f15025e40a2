package twister.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderNameTest {
  @ParameterizedTest
  @CsvSource({
    "names.txt, names",
    "names, names",
    ".hidden, _hidden",
    "...txt, _",
    "..txt, _",
    "a. .txt, a_",
    "con.txt, con_",
    "a:b.txt, a_b",
    "größe.txt, größe",
  })
  void isNamedAfterTheFile(String file, String folder) {
    assertEquals(folder, FolderName.of(file));
  }
}
