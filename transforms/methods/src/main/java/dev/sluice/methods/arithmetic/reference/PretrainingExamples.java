package dev.sluice.methods.arithmetic.reference;

import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.ChainGenerator;
import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.RandomStream;
import java.util.List;

/**
 * The examples that the two shipped models are made of. Each is a function of (seed, index) alone;
 * its problem has 2 to 6 operations and comes from the train slice. End of text is left to the one
 * who tokenizes.
 */
public final class PretrainingExamples {
  /** Share of the judge's examples that are verifications; the others are solutions. */
  private static final double VERIFYING = .85;

  private PretrainingExamples() {}

  /** An example for the solver: a problem and its correct solution. */
  public static Example solver(long seed, int index) {
    RandomStream random = stream("solver", seed, index);
    return example("solver", seed, index, solving(trainChain(random)));
  }

  /** An example for the judge: a verification (85 %) or a solution (15 %). */
  public static Example judge(long seed, int index) {
    RandomStream random = stream("judge", seed, index);
    Chain chain = trainChain(random);
    boolean verifying = random.nextDouble() < VERIFYING;
    return example("judge", seed, index, verifying ? verifying(chain, random) : solving(chain));
  }

  private record Text(String prompt, String completion) {}

  private static Text solving(Chain chain) {
    return new Text(ArithmeticFormat.solvePrompt(chain.toString()), Grader.solution(chain));
  }

  private static Text verifying(Chain chain, RandomStream random) {
    String solution = FaultySolution.write(chain, random);
    char style = JudgeStyle.draw(random);
    return new Text(
        ArithmeticFormat.judgePrompt(chain.toString(), solution),
        JudgeStyle.write(style, chain, solution, random));
  }

  private static Chain trainChain(RandomStream random) {
    Chain chain;
    do {
      chain =
          ChainGenerator.next(random, ChainGenerator.MIN_OPERATIONS, ChainGenerator.MAX_OPERATIONS)
              .chain();
    } while (Slice.of(chain) != Slice.TRAIN);
    return chain;
  }

  private static RandomStream stream(String kind, long seed, int index) {
    return new RandomStream(Hashes.seed(seed, "pretraining", kind, 0, "", index));
  }

  private static Example example(String kind, long seed, int index, Text text) {
    String id = Hashes.id("pretraining", kind, seed, index);
    return new Example(id, text.prompt(), text.completion(), 1.0, List.of(), List.of());
  }
}
