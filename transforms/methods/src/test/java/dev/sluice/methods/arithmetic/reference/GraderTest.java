package dev.sluice.methods.arithmetic.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.ChainGenerator;
import dev.sluice.methods.arithmetic.ChainProblem;
import dev.sluice.methods.arithmetic.Slice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraderTest {
  private static final Chain CHAIN = Chain.parse("23+4-8*3");

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "all right               | 23+4=27/27-8=19/19*3=57/#57          | -1 | true",
        "wrong result            | 23+4=28/28-8=20/20*3=60/#60          | 0  | false",
        "wrong result later      | 23+4=27/27-8=18/18*3=54/#54          | 1  | false",
        "an error that cancels   | 23+4=27/27-8=18/19*3=57/#57          | 1  | true",
        "wrong operand           | 23+4=27/27-7=20/20*3=60/#60          | 1  | false",
        "wrong operator          | 23+4=27/27+8=35/35*3=105/#105        | 1  | false",
        "wrong left value        | 23+4=27/27-8=19/18*3=54/#54          | 2  | false",
        "operations swapped      | 23-8=15/15+4=19/19*3=57/#57          | 0  | true",
        "dropped line            | 23+4=27/19*3=57/#57                  | 1  | true",
        "last step dropped       | 23+4=27/27-8=19/#57                  | 2  | true",
        "doubled line            | 23+4=27/23+4=27/27-8=19/19*3=57/#57  | 1  | true",
        "extra step              | 23+4=27/27-8=19/19*3=57/57+0=57/#57  | 3  | true",
        "wrong answer line       | 23+4=27/27-8=19/19*3=57/#58          | 3  | false",
        "no answer line          | 23+4=27/27-8=19/19*3=57              | 3  | false",
        "answer twice            | 23+4=27/27-8=19/19*3=57/#57/#57      | 4  | true",
        "step after the answer   | 23+4=27/27-8=19/19*3=57/#57/57+1=58  | 4  | false",
        "newline after the answer| 23+4=27/27-8=19/19*3=57/#57/         | 4  | false",
        "early answer            | 23+4=27/#27/27-8=19/19*3=57/#57      | 1  | true",
        "answer alone            | #57                                  | 0  | true",
        "nothing                 | ''                                   | 0  | false",
        "a line that is no step  | 23+4=27/27-8/19*3=57/#57             | 1  | true",
        "an empty line           | 23+4=27//27-8=19/19*3=57/#57         | 1  | true",
        "a leading zero          | 23+4=027/27-8=19/19*3=57/#57         | 0  | true",
        "blank in the answer     | 23+4=27/27-8=19/19*3=57/# 57         | 3  | false",
        "a number without end    | 23+4=99999999999999999999/27-8=19/19*3=57/#57 | 0 | true",
      })
  void grades(String name, String completion, int gold, boolean answerCorrect) {
    String text = completion.replace('/', '\n');

    assertThat(Grader.goldLabel(CHAIN, text)).as(name).isEqualTo(gold);
    assertThat(Grader.processCorrect(CHAIN, text)).isEqualTo(gold == -1);
    assertThat(Grader.answerCorrect(CHAIN, text, true)).isEqualTo(answerCorrect);
    assertThat(Grader.answerCorrect(CHAIN, text, false)).isFalse();
  }

  @Test
  void judgesEachLineOnTheValueStatedBefore() {
    assertThat(Grader.lineVerdicts(CHAIN, "23+4=28\n28-8=20\n20*3=60\n#60"))
        .containsExactly(false, true, true, true);
    assertThat(Grader.lineVerdicts(CHAIN, "23+4=27\nwell\n27-8=19\n#19"))
        .containsExactly(true, false, false, true);
    assertThat(Grader.lineVerdicts(CHAIN, "#27\n23+4=27")).containsExactly(false, false);
  }

  @Test
  void ownSolutionIsRightAndEndsInTheResult() {
    for (ChainProblem problem : ChainGenerator.draw(7, 500, Slice.TRAIN, 2, 6)) {
      String solution = Grader.solution(problem.chain());
      assertThat(Grader.goldLabel(problem.chain(), solution)).isEqualTo(-1);
      assertThat(Grader.answerCorrect(problem.chain(), solution, true)).isTrue();
      assertThat(Grader.result(problem.chain())).isEqualTo(problem.result());
    }
  }

  @Test
  void writesTheCorrectSolution() {
    assertThat(Grader.solution(CHAIN)).isEqualTo("23+4=27\n27-8=19\n19*3=57\n#57");
  }
}
