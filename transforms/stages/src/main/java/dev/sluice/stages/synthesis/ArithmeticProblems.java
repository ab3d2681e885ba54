package dev.sluice.stages.synthesis;

import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.ChainGenerator;
import dev.sluice.methods.arithmetic.ChainProblem;
import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.List;
import java.util.function.Predicate;

/** Problems of the arithmetic world as rows. */
public final class ArithmeticProblems {
  /** The last draw of this JVM: every shard of a source needs the same one. */
  private static Drawn last = new Drawn("", List.of());

  private ArithmeticProblems() {}

  private record Drawn(String key, List<ChainProblem> problems) {}

  /**
   * The first {@code count} problems of a source. A source with a salt and one without never share
   * a chain of the train slice, so that a policy is not trained on the problems that its reward's
   * labels were made of: one draws chains with an even first byte of their hash, the other odd.
   */
  public static List<ChainProblem> draw(ArithmeticSource source, long runSeed, int count) {
    return all(source, runSeed).subList(0, count);
  }

  private static synchronized List<ChainProblem> all(ArithmeticSource source, long runSeed) {
    String key = Hashes.hex(source, runSeed);
    if (!last.key().equals(key)) {
      last = new Drawn(key, drawn(source, runSeed));
    }
    return last.problems();
  }

  private static List<ChainProblem> drawn(ArithmeticSource source, long runSeed) {
    long seed = Hashes.seed(runSeed, SynthesizeProblems.NAME, source.salt(), 0, "", 0);
    int parity = source.salt().isEmpty() ? 0 : 1;
    Predicate<Chain> apart =
        chain -> source.slice() != Slice.TRAIN || (Hashes.bytes("half", chain)[0] & 1) == parity;
    return ChainGenerator.draw(
        seed, source.count(), source.slice(), source.ops().min(), source.ops().max(), apart);
  }

  static Problem row(ChainProblem drawn) {
    List<Message> messages = List.of(Message.user(drawn.chain().toString()));
    return new Problem(
        Hashes.problemId(messages),
        messages,
        Integer.toString(drawn.result()),
        "arithmetic",
        drawn.chain().difficulty(),
        SynthesizeProblems.ARITHMETIC);
  }
}
