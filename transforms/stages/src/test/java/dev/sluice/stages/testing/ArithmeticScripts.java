package dev.sluice.stages.testing;

import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.methods.arithmetic.reference.Grader;
import dev.sluice.models.scripted.ScriptedLanguageModel.Script;
import java.util.ArrayList;
import java.util.List;

/** Solvers and judges of the arithmetic world that err by their seeds alone. */
public final class ArithmeticScripts {
  private ArithmeticScripts() {}

  /**
   * Solves: of four seeds two right, one with a wrong result on a line that the seed picks, one
   * without its answer line.
   */
  public static String solve(String prompt, long seed) {
    Chain chain = Chain.parse(prompt.substring(0, prompt.length() - 1));
    String right = Grader.solution(chain);
    List<String> lines = new ArrayList<>(ArithmeticFormat.lines(right));
    switch ((int) Math.floorMod(seed, 4L)) {
      case 2 -> {
        int line = (int) Math.floorMod(seed >> 8, (long) lines.size());
        lines.set(line, wrong(lines.get(line)));
        return String.join("\n", lines);
      }
      case 3 -> {
        return String.join("\n", lines.subList(0, lines.size() - 1));
      }
      default -> {
        return right;
      }
    }
  }

  private static String wrong(String line) {
    int number = line.lastIndexOf(line.startsWith("#") ? '#' : '=') + 1;
    return line.substring(0, number) + (Integer.parseInt(line.substring(number)) + 1);
  }

  /** A true verification of a solution: what a prompt {@code CHAIN:SOLUTION?} asks for. */
  public static String verify(String prompt) {
    int colon = prompt.indexOf(':');
    Chain chain = Chain.parse(prompt.substring(0, colon));
    String solution = prompt.substring(colon + 1, prompt.length() - 1);
    StringBuilder text = new StringBuilder("a");
    for (boolean right : Grader.lineVerdicts(chain, solution)) {
      text.append(right ? " y" : " n");
    }
    return text.toString();
  }

  /**
   * Judges: of eight seeds one writes no vote, one calls every line right, one turns the verdict on
   * a line that the seed picks around; the others tell the truth.
   */
  public static String judge(String prompt, long seed) {
    String truth = verify(prompt);
    int line = truth.length() < 3 ? 0 : (int) Math.floorMod(seed >> 8, (truth.length() - 1) / 2L);
    return switch ((int) Math.floorMod(seed, 8L)) {
      case 0 -> "zzz";
      case 1 -> truth.replace('n', 'y');
      case 2 -> {
        char[] turned = truth.toCharArray();
        if (turned.length >= 3) {
          turned[2 + 2 * line] = turned[2 + 2 * line] == 'y' ? 'n' : 'y';
        }
        yield new String(turned);
      }
      default -> truth;
    };
  }

  /** Solves, verifies or answers with one word, whichever the prompt asks for. */
  public static Script world() {
    return (prompt, sampling, index, seed) -> {
      if (prompt.endsWith("??")) {
        return verify(prompt.substring(0, prompt.length() - 1)).contains("n") ? "n" : "y";
      }
      long own = sampling.greedy() ? 4 : seed;
      return prompt.endsWith("?") ? judge(prompt, own) : solve(prompt, own);
    };
  }

  /** The same, but prompts about chains that begin with an 8 or a 3 cannot be served. */
  public static Script poisoned() {
    Script world = world();
    return (prompt, sampling, index, seed) -> {
      if (prompt.matches("(?s)[83].*")) {
        throw new IllegalArgumentException("the server did not answer");
      }
      return world.reply(prompt, sampling, index, seed);
    };
  }

  /** Whether a chain belongs to a slice. */
  public static boolean in(Slice slice, String chain) {
    return Slice.of(Chain.parse(chain)) == slice;
  }
}
