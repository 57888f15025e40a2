package twister.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import twister.yaml.Excerpt;
import twister.yaml.NearestName;

/// What is wrong with the arguments of a command: what was found, what is allowed, and what was
/// probably meant. The library tells it in the words of Java.
final class WrongArguments {
  private WrongArguments() {}

  /// The problem in a sentence.
  static String message(ParameterException problem) {
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    return switch (problem) {
      case UnmatchedArgumentException unmatched ->
          unmatched(unmatched.getUnmatched().getFirst(), problem.getCommandLine());
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          missing(missing.getMissing(), command);
      default ->
          problem.getArgSpec() == null || problem.getValue() == null
              ? String.valueOf(problem.getMessage())
              : wrongValue(problem.getArgSpec(), problem.getValue());
    };
  }

  private static String unmatched(String found, CommandLine command) {
    if (found.startsWith("-")) {
      String name = found.replaceFirst("=.*", "");
      return "there is no option %s%s"
          .formatted(name, meant(name, longOptions(command.getCommandSpec())));
    }
    if (command.getSubcommands().isEmpty()) {
      return "\"%s\" is one argument too many".formatted(Excerpt.of(found));
    }
    String meant = meant(found, List.copyOf(command.getSubcommands().keySet()));
    return "%s is not a command%s there are: %s"
        .formatted(
            found,
            meant.isEmpty() ? ";" : meant,
            String.join(", ", command.getSubcommands().keySet()));
  }

  private static List<String> longOptions(CommandSpec command) {
    return command.options().stream().map(OptionSpec::longestName).toList();
  }

  private static String meant(String found, List<String> names) {
    return NearestName.of(found, names).map(", did you mean %s?"::formatted).orElse("");
  }

  private static String missing(List<ArgSpec> missing, CommandSpec command) {
    if (missing.getFirst() instanceof OptionSpec option) {
      boolean isGiven = command.commandLine().getParseResult() == null || !option.required();
      return isGiven
          ? "%s needs a value, %s".formatted(option.longestName(), option.paramLabel())
          : "%s is missing".formatted(option.longestName());
    }
    return missing.stream().map(ArgSpec::paramLabel).collect(Collectors.joining(" and "))
        + (missing.size() == 1 ? " is missing" : " are missing");
  }

  private static String wrongValue(ArgSpec argument, String value) {
    String found = "%s: found \"%s\"".formatted(name(argument), Excerpt.of(value));
    Class<?> type = type(argument);
    if (!type.isEnum()) {
      return found + ", allowed: " + allowed(type);
    }
    List<String> words =
        Arrays.stream(type.getEnumConstants())
            .map(word -> word.toString().toLowerCase(Locale.ROOT))
            .toList();
    String meant = meant(value, words);
    return found + meant + (meant.isEmpty() ? ", " : " ") + "allowed: " + String.join(", ", words);
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /// That of the value itself, not of the list or the optional that it is put into.
  private static Class<?> type(ArgSpec argument) {
    return Stream.of(argument.auxiliaryTypes()).findFirst().orElse(argument.type());
  }

  private static String allowed(Class<?> type) {
    if (Stream.of(Integer.class, int.class).anyMatch(type::equals)) {
      return "a whole number up to 2147483647";
    }
    return Stream.of(Long.class, long.class).anyMatch(type::equals)
        ? "a whole number up to 9223372036854775807"
        : Stream.of(Double.class, double.class).anyMatch(type::equals)
            ? "a number"
            : "another value";
  }
}
