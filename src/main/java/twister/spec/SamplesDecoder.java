package twister.spec;

import java.util.Optional;
import java.util.stream.Stream;
import twister.random.Multinomial;
import twister.yaml.ChoiceRule;
import twister.yaml.Constraint;
import twister.yaml.KeyedValue;
import twister.yaml.Section;
import twister.yaml.TruthRule;
import twister.yaml.WholeRule;

/// Reads which names to draw.
final class SamplesDecoder {
  private static final ChoiceRule<Multinomial> MULTINOMIAL = ChoiceRule.of(Multinomial.class);
  private static final WholeRule SAMPLE_COUNT = new WholeRule(0, 1_000_000);
  private static final WholeRule LENGTH = new WholeRule(1, 1_000_000);
  private static final WholeRule LENGTH_LIMIT = new WholeRule(1, 10_000);

  private SamplesDecoder() {}

  /// The samples; defaults where they have mistakes, which are reported.
  ///
  /// @param data what they are to be like; empty where it has mistakes
  static SamplesSpec samples(
      Section section, Optional<ModelChoice> choice, Optional<DataSpec> data) {
    boolean isText = data.isPresent() && data.get().format().isText();
    long count = section.optional("count", SAMPLE_COUNT, isText ? 1L : 20L);
    Optional<Long> length = section.value("length").flatMap(found -> length(found, data));
    Optional<Long> limit =
        section.value("length-limit").flatMap(found -> lengthLimit(found, isText));
    Generator generator = section.optional("generator", SpecDecoder.GENERATOR, Generator.TORCH_CPU);
    SamplesSpec samples =
        new SamplesSpec(
            Math.toIntExact(count),
            generator,
            SpecDecoder.seed(section, generator),
            Math.toIntExact(isText ? length.orElse(500L) : limit.orElse(100L)),
            multinomial(section, generator),
            along(section, choice));
    section.end();
    return samples;
  }

  private static Optional<Long> length(KeyedValue found, Optional<DataSpec> data) {
    if (data.isPresent() && !data.get().format().isText()) {
      found.refuse("nothing (only a text has it, data.kind: text; words have length-limit)");
      return Optional.empty();
    }
    return found.as(LENGTH);
  }

  private static Optional<Long> lengthLimit(KeyedValue found, boolean isText) {
    if (isText) {
      found.refuse("nothing (data.kind is text, whose samples have a length)");
      return Optional.empty();
    }
    return found.as(LENGTH_LIMIT);
  }

  private static Optional<SamplesSpec.Along> along(Section section, Optional<ModelChoice> choice) {
    Optional<KeyedValue> every = section.value("every");
    Optional<KeyedValue> reseed = section.value("reseed");
    if (choice.isPresent() && choice.get().kind() == ModelKind.COUNTS) {
      String allowed =
          "nothing (counts need no training)" + choice.get().cause().because("samples");
      Stream.of(every, reseed).flatMap(Optional::stream).forEach(found -> found.refuse(allowed));
      return Optional.empty();
    }
    if (every.isEmpty()) {
      reseed.ifPresent(found -> found.refuse("nothing without samples.every"));
      return Optional.empty();
    }
    Optional<Long> steps = every.get().as(SpecDecoder.STEPS);
    boolean again = section.optional("reseed", new TruthRule(), true);
    return steps.map(many -> new SamplesSpec.Along(Math.toIntExact(many), again));
  }

  private static Optional<Multinomial> multinomial(Section samples, Generator generator) {
    return switch (generator) {
      case TORCH_CPU -> Optional.of(samples.optional("multinomial", MULTINOMIAL, Multinomial.MKL));
      case TORCH_CUDA -> {
        Constraint cause =
            new Constraint(
                "samples.generator is " + ChoiceRule.name(generator), samples.place("generator"));
        samples
            .value("multinomial")
            .ifPresent(
                found ->
                    found.refuse(
                        "nothing (torch-cuda has one rule)" + cause.because(found.path())));
        yield Optional.empty();
      }
    };
  }
}
