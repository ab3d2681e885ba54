package dev.sluice.methods.arithmetic.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.Slice;
import dev.sluice.records.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PretrainingExamplesTest {
  private static final int DRAWS = 20_000;

  /** A verification with the problem and solution that its prompt holds. */
  private record Judged(Chain chain, String solution, String verification) {
    static Judged of(Example example) {
      String prompt = example.prompt();
      int colon = prompt.indexOf(':');
      return new Judged(
          Chain.parse(prompt.substring(0, colon)),
          prompt.substring(colon + 1, prompt.length() - 1),
          example.completion());
    }

    List<String> lines() {
      return ArithmeticFormat.lines(solution);
    }

    List<Boolean> verdicts() {
      return ArithmeticFormat.verdicts(verification)
          .filter(verdicts -> verdicts.size() == lines().size())
          .orElseThrow();
    }
  }

  private static List<Judged> judged() {
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      Example example = PretrainingExamples.judge(7, i);
      if (example.prompt().endsWith("?")) {
        judged.add(Judged.of(example));
      }
    }
    return judged;
  }

  @Test
  void anExampleIsAFunctionOfSeedAndIndex() {
    assertThat(PretrainingExamples.judge(7, 12)).isEqualTo(PretrainingExamples.judge(7, 12));
    assertThat(PretrainingExamples.judge(7, 12).exampleId())
        .isNotEqualTo(PretrainingExamples.judge(8, 12).exampleId())
        .isNotEqualTo(PretrainingExamples.solver(7, 12).exampleId());
    assertThat(
            List.of(
                PretrainingExamples.judge(7, 0).prompt(),
                PretrainingExamples.judge(7, 0).completion(),
                PretrainingExamples.judge(7, 1).prompt(),
                PretrainingExamples.judge(7, 1).completion(),
                PretrainingExamples.solver(7, 0).prompt(),
                PretrainingExamples.solver(7, 0).completion()))
        .containsExactly(
            "31-8-8*2-7:31-8=26\n26-8=18\n18*2=36\n36*7=99\n#99?",
            "c 23n 18y 36y 29n y",
            "10-7+8*9-5+3-3:10+7=17\n17+8=0\n0*2=0\n0-5=0\n0+3=3\n3+3=6\n#6?",
            "b -7n +8y *9n -5y +3y -3n y",
            "14-2-3:",
            "14-2=12\n12-3=9\n#9");
  }

  @Test
  void solverSeesCorrectSolutionsOfTrainProblemsOnly() {
    for (int i = 0; i < 2_000; i++) {
      Example example = PretrainingExamples.solver(7, i);
      Chain chain = Chain.parse(example.prompt().replace(":", ""));
      assertThat(Slice.of(chain)).isEqualTo(Slice.TRAIN);
      assertThat(Grader.goldLabel(chain, example.completion())).isEqualTo(-1);
    }
  }

  @Test
  void judgeSeesTrainProblemsOnlyAndEveryVerificationParses() {
    for (Judged example : judged()) {
      assertThat(Slice.of(example.chain())).isEqualTo(Slice.TRAIN);
      assertThat(example.verdicts()).hasSameSizeAs(example.lines());
    }
  }

  @Test
  void sharesAreThoseOfTheRecipe() {
    List<Judged> judged = judged();
    Map<Character, Integer> styles = new TreeMap<>();
    int dropped = 0;
    int doubled = 0;
    int right = 0;
    int passesGate = 0;
    for (Judged example : judged) {
      styles.merge(example.verification().charAt(0), 1, Integer::sum);
      int lines = example.lines().size() - example.chain().difficulty() - 1;
      dropped += lines == -1 ? 1 : 0;
      doubled += lines == 1 ? 1 : 0;
      right += Grader.processCorrect(example.chain(), example.solution()) ? 1 : 0;
      passesGate +=
          ArithmeticFormat.gate(example.chain().toString(), example.solution(), true) ? 1 : 0;
    }
    assertThat(List.of(judged.size(), dropped, doubled, right, passesGate))
        .containsExactly(16_914, 1_034, 640, 4_282, 15_240);
    assertThat(styles).isEqualTo(Map.of('a', 3878, 'b', 5374, 'c', 3808, 'd', 3854));
  }

  @Test
  void styleBNeverDoubtsAResultAndTheOthersMostlyDo() {
    int[] overlooked = new int[2];
    int[] wrong = new int[2];
    for (Judged example : judged()) {
      int first = Grader.goldLabel(example.chain(), example.solution());
      if (first < 0 || first >= example.chain().difficulty() || example.lines().size() <= first) {
        continue;
      }
      // The first error is a wrong result if style b would accept its left side.
      String left = example.lines().get(first).replaceFirst("=.*", "=");
      String solution = Grader.solution(example.chain());
      if (!ArithmeticFormat.lines(solution).get(first).startsWith(left)) {
        continue;
      }
      int style = example.verification().charAt(0) == 'b' ? 1 : 0;
      wrong[style]++;
      overlooked[style] += example.verdicts().get(first) ? 1 : 0;
    }
    assertThat(overlooked[1]).isEqualTo(wrong[1]);
    assertThat(List.of(wrong[0], overlooked[0], wrong[1])).containsExactly(2_971, 19, 1_406);
  }

  @Test
  void withoutNoiseACarefulVoteIsTheTruthUpToTheFirstError() {
    int exact = 0;
    int careful = 0;
    for (Judged example : judged()) {
      if (example.verification().charAt(0) == 'b') {
        continue;
      }
      careful++;
      int gold = Grader.goldLabel(example.chain(), example.solution());
      exact += example.verdicts().indexOf(false) == gold ? 1 : 0;
    }
    assertThat(List.of(careful, exact)).containsExactly(11_540, 10_462);
  }
}
