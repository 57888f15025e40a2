package twister.text;

/// How the user calls Twister, for advice that can be typed as it is printed.
public final class CommandName {
  private CommandName() {}

  /// A command with its arguments: `./twister run`.
  ///
  /// @param arguments the command and what follows it
  public static String with(String arguments) {
    return name() + " " + arguments;
  }

  /// The name alone: what the launcher says, else `twister`.
  public static String name() {
    return System.getProperty("twister.called", "twister");
  }
}
