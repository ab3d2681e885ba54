package dev.sluice.methods.prompt;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.methods.reply.ReplyParser;
import dev.sluice.methods.testing.LinearReads;
import java.util.List;
import java.util.Objects;
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
        reader("index", text -> parser("process_bench").read(text, 3)),
        reader("boxes in thoughts", text -> parser("think_prm").read(text, 3)),
        reader("judgements", text -> parser("gen_prm").read(text, 3)),
        reader("final verification", text -> parser("final_verification").read(text, 0)),
        reader("judgement", text -> parser("judgement").read(text, 0)),
        reader("first word", text -> parser("yes_no").read(text, 0)),
        reader("questions", PromptFilters::oneLine),
        reader("numbered steps", PromptFilters::unnumbered));
  }

  private static ReplyParser parser(String family) {
    return Objects.requireNonNull(PromptFamily.named(family).text().reply());
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
