package twister.cli;

/// The command line of Twister.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("twister");
  }
}
