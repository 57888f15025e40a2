package twister.spec;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Names that folders can have on every system, each another one on all of them.
public final class FolderName {
  /// In words.
  public static final String ALLOWED =
      "at most 64 of a-z, A-Z, 0-9 and - _ . without a dot at either end or two in a row; not con,"
          + " nul and other devices of Windows";

  private static final int MOST_LETTERS = 64;

  /// What matches every such name, and some others.
  static final Pattern PATTERN =
      Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9_-]([A-Za-z0-9_.-]{0,62}[A-Za-z0-9_-])?");

  /// What Windows takes for a device, whatever it ends in.
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|(com|lpt)[0-9])(\\..*)?", Pattern.CASE_INSENSITIVE);

  /// What stands beside the experiments in the folder of results.
  private static final Set<String> RESERVED =
      Set.of("data", "reproduction.csv", "reproduction.md", "readme.md");

  private FolderName() {}

  /// Whether a folder can have a name everywhere.
  static boolean isOne(String name) {
    return !name.isEmpty()
        && name.length() <= MOST_LETTERS
        && name.chars().allMatch(FolderName::isAllowed)
        && !name.startsWith(".")
        && !name.endsWith(".")
        && !name.contains("..")
        && !DEVICE.matcher(name).matches();
  }

  private static boolean isAllowed(int letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || letter == '-'
        || letter == '_'
        || letter == '.';
  }

  /// Whether a name is that of something else in the folder of results. Some systems do not tell
  /// letters apart by case.
  static boolean isReserved(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT));
  }

  /// Whether a text can be the name of an experiment.
  public static boolean isOfExperiment(String text) {
    return isOne(text) && !isReserved(text);
  }

  /// The name of a folder for what a file holds: the file's without its ending, and with an
  /// underscore for what has no place in a folder's.
  ///
  /// @param file the name of a file
  public static String of(String file) {
    int dot = file.lastIndexOf('.');
    String base = dot > 0 ? file.substring(0, dot) : file;
    String name =
        base.replaceAll("[\\p{Cntrl}\\p{Cf}\\\\/:*?\"<>|]", "_").replaceAll("^\\.+|[. ]+$", "_");
    return DEVICE.matcher(name).matches() ? name + "_" : name;
  }
}
