package twister.backend.cpu;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import twister.backend.Problem;
import twister.backend.RunConfig;
import twister.backend.RunState;
import twister.backend.StepLosses;
import twister.backend.TrainingSession;
import twister.data.NgramCounts;

/// Training over the count table.
///
/// Row c of the weights, its counts and its gradient never meet another row. So the batch is cut
/// into blocks of some runs and some contexts, each of which trains all its steps alone; only the
/// losses of the blocks are added up, always in the order of the contexts. How contexts are cut
/// depends on their number alone: a run has the same bits in any batch.
final class CountsSession implements TrainingSession {
  /// Keeps a block's weights, counts and exponentials near the second-level cache.
  private static final int WEIGHTS_PER_BLOCK = 8192;

  private final NgramCounts counts;
  private final boolean accumulates;
  private final List<RunConfig> runs;
  private final int contextsPerBlock;
  private final int runsPerBlock;
  private final List<CountsBlock> blocks;
  private final int blocksPerRun;
  private final BitSet released = new BitSet();
  private int step;

  CountsSession(Problem.OverCounts problem, List<RunConfig> runs) {
    counts = problem.counts();
    accumulates = problem.accumulatesGradients();
    this.runs = List.copyOf(runs);
    contextsPerBlock = Math.clamp(WEIGHTS_PER_BLOCK / counts.symbols(), 1, counts.contexts());
    runsPerBlock =
        Math.clamp(WEIGHTS_PER_BLOCK / (contextsPerBlock * counts.symbols()), 1, runs.size());
    blocksPerRun = Math.ceilDiv(counts.contexts(), contextsPerBlock);
    blocks =
        IntStream.range(0, Math.ceilDiv(runs.size(), runsPerBlock) * blocksPerRun)
            .parallel()
            .mapToObj(i -> block(problem, i / blocksPerRun, i % blocksPerRun))
            .collect(Collectors.toCollection(ArrayList::new));
  }

  private CountsBlock block(Problem.OverCounts problem, int someRuns, int someContexts) {
    int run = someRuns * runsPerBlock;
    int context = someContexts * contextsPerBlock;
    return new CountsBlock(
        problem,
        context,
        Math.min(counts.contexts(), context + contextsPerBlock),
        runs.subList(run, Math.min(runs.size(), run + runsPerBlock)));
  }

  @Override
  public StepLosses advance(int steps) {
    int from = step;
    step += steps;
    return losses(steps, block -> block.advance(from, steps));
  }

  @Override
  public StepLosses evaluate() {
    return losses(1, CountsBlock::evaluate);
  }

  /// What a block answers: its part of the losses.
  private interface Question {
    CountsBlock.Sums answer(CountsBlock block);
  }

  private StepLosses losses(int steps, Question question) {
    CountsBlock.Sums[] parts = new CountsBlock.Sums[blocks.size()];
    IntStream.range(0, parts.length)
        .filter(i -> !isReleased(i))
        .parallel()
        .forEach(i -> parts[i] = question.answer(blocks.get(i)));
    double[] nll = new double[steps * runs.size()];
    double[] l2Term = new double[steps * runs.size()];
    for (int i = 0; i < parts.length; i++) {
      if (!isReleased(i)) {
        addUp(parts[i], steps, i / blocksPerRun * runsPerBlock, nll, l2Term);
      }
    }
    scale(steps, nll, l2Term);
    return StepLosses.of(steps, runs.size(), nll, l2Term);
  }

  /// Whether no run of a block is of interest any more.
  private boolean isReleased(int block) {
    int run = block / blocksPerRun * runsPerBlock;
    return released.nextClearBit(run) >= Math.min(runs.size(), run + runsPerBlock);
  }

  private void addUp(
      CountsBlock.Sums part, int steps, int firstRun, double[] nll, double[] l2Term) {
    int some = part.negativeLogLikelihood().length / steps;
    for (int s = 0; s < steps; s++) {
      for (int r = 0; r < some; r++) {
        nll[s * runs.size() + firstRun + r] += part.negativeLogLikelihood()[s * some + r];
        l2Term[s * runs.size() + firstRun + r] += part.squares()[s * some + r];
      }
    }
  }

  private void scale(int steps, double[] nll, double[] l2Term) {
    double weights = (double) counts.contexts() * counts.symbols();
    for (int i = 0; i < steps * runs.size(); i++) {
      double l2 = runs.get(i % runs.size()).l2();
      nll[i] /= counts.total();
      l2Term[i] = l2 == 0 ? 0 : l2 * (l2Term[i] / weights);
    }
  }

  @Override
  public double[] weights(int run) {
    double[] weights = new double[counts.contexts() * counts.symbols()];
    blocksOf(run).forEach(block -> block.copyWeights(run % runsPerBlock, weights));
    return weights;
  }

  private List<CountsBlock> blocksOf(int run) {
    int first = run / runsPerBlock * blocksPerRun;
    return blocks.subList(first, first + blocksPerRun);
  }

  @Override
  public RunState state(int run) {
    double[] gradients = new double[accumulates ? counts.contexts() * counts.symbols() : 0];
    RunState state = new RunState(weights(run), gradients, new double[counts.contexts()]);
    blocksOf(run).forEach(block -> block.copyState(run % runsPerBlock, state));
    return state;
  }

  @Override
  public void resume(int at, List<RunState> states) {
    step = at;
    IntStream.range(0, blocks.size())
        .parallel()
        .forEach(
            i -> {
              int run = i / blocksPerRun * runsPerBlock;
              int end = Math.min(states.size(), run + runsPerBlock);
              blocks.get(i).resume(states.subList(run, end));
            });
  }

  @Override
  public void release(int run) {
    released.set(run);
  }

  @Override
  public void close() {
    blocks.clear();
  }
}
