package dev.sluice.methods.prompt;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.methods.testing.LinearReads;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each family reads verdicts, and prompts show texts that a model may have written. */
class ReadersOfPromptFamiliesTest {
  private static final List<String> MARKS =
      List.of(
          "\\boxed{",
          "\\boxed",
          "}",
          "{",
          "\\boxed{correct}",
          "\\boxed{-1}",
          "Judgement",
          "<final_verification>",
          "</final_verification>",
          "</",
          "Yes",
          "</think>",
          "Is the answer correct",
          "?",
          "Step 1: Correct");

  static Stream<Arguments> readers() {
    return Stream.of(
        reader("index", text -> JudgeFamily.PROCESS_BENCH.verdicts(text, 3)),
        reader("boxes in thoughts", text -> JudgeFamily.THINK_PRM.verdicts(text, 3)),
        reader("judgements", text -> JudgeFamily.GEN_PRM.verdicts(text, 3)),
        reader("stated judgements", JudgeFamily.GEN_PRM::stated),
        reader("final verification", JudgeFamily.FINAL_VERIFICATION::outcome),
        reader("judgement", JudgeFamily.JUDGEMENT::outcome),
        reader("first word", JudgeFamily.YES_NO::outcome),
        reader("outcome in words", JudgeFamily.SPARK::outcome),
        reader("questions", InWords::question),
        reader("numbered steps", text -> Numbered.steps(List.of(text))));
  }

  private static Arguments reader(String name, Function<CharSequence, ?> reader) {
    return arguments(name, reader);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readers")
  void reader_ofItsOwnMarks_looksAtEachCharacterAFewTimes(
      String name, Function<CharSequence, ?> reader) {
    LinearReads.check(reader, MARKS);
  }
}
