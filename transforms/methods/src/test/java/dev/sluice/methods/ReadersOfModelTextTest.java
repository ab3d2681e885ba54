package dev.sluice.methods;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.methods.answers.AnswerReader;
import dev.sluice.methods.answers.Reference;
import dev.sluice.methods.answers.UnitInText;
import dev.sluice.methods.arithmetic.ArithmeticFormat;
import dev.sluice.methods.arithmetic.Chain;
import dev.sluice.methods.arithmetic.reference.Calculator;
import dev.sluice.methods.arithmetic.reference.Grader;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.methods.task.ArithmeticTask;
import dev.sluice.methods.task.TextTask;
import dev.sluice.methods.testing.LinearReads;
import dev.sluice.methods.text.Steps;
import dev.sluice.methods.text.TaggedFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A reader of what a model wrote is one line here, with the marks that it looks for. */
class ReadersOfModelTextTest {
  private static final List<String> BOXES =
      List.of("\\boxed{", "}", "\\boxed", "{", "\\fbox{", "\\boxed{}", "\\", "\\boxed{1}");
  private static final List<String> ANSWERS =
      List.of(
          "Final answer",
          "the answer is",
          "Answer:",
          "A:",
          "answer",
          "final ",
          "**",
          "> ",
          "\n$$",
          "####",
          "<answer>",
          "</answer>",
          "<<",
          ">>",
          "1,",
          "-",
          ".",
          ", which");
  private static final List<String> VERDICTS =
      List.of(
          "Step 1: ",
          "## Step 1",
          "step",
          "**",
          "correct",
          "This step is correct.",
          "Verdict:",
          "1. ",
          "| 1 |",
          "|",
          "{",
          "\"step\": 1",
          "\"verdict\": ",
          "\"",
          "}",
          "✅",
          "</think>");
  private static final List<String> EQUATIONS =
      List.of("=", "1+", "1", "+", "(", ")", "$", "-", ",", ".", "1=", "x", "<<", "1=1>>", "%");

  private static final Chain CHAIN = Chain.parse("23+4-8*3");

  static Stream<Arguments> readers() {
    return Stream.of(
        reader("answers", text -> AnswerReader.read(text, ""), ANSWERS),
        reader("answers in boxes", text -> AnswerReader.read(text, ""), BOXES),
        reader("answers beside a question", text -> AnswerReader.read(text, text), BOXES),
        reader(
            "references",
            Reference::read,
            LinearReads.marks(BOXES, "####", "\nAnswer:", "A:", "final ")),
        reader(
            "units",
            UnitInText::of,
            List.of(
                " ", "square ", "cm", "^", "/", "\\text{", "}", " per ", "in", ".", "%", "\\circ")),
        reader(
            "tagged form",
            TaggedFormat::gate,
            List.of("<answer>", "</answer>", "\\boxed{", "\\boxed", "<")),
        reader(
            "steps",
            Steps::split,
            List.of(
                "<step>",
                "</step>",
                "<answer>",
                "</think>",
                "Step 1:",
                "## step 2",
                "**",
                "#",
                "####",
                "Answer",
                "<b>")),
        reader("step counts", Steps::withoutAnswer, List.of("<step>", "<answer>", "Step 1:", "<")),
        reader("verdicts in words", new TextTask()::verdicts, VERDICTS),
        reader(
            "final verdicts",
            new TextTask()::finalVerdict,
            List.of(
                "Is the answer correct",
                "?",
                "Yes",
                "*",
                "Is the answer correct?",
                "is",
                "</think>")),
        reader(
            "appended solutions",
            new TextTask()::appended,
            List.of("####", "A:", "Answer:", "</answer>")),
        reader(
            "verdicts of arithmetic",
            new ArithmeticTask()::verdicts,
            List.of("a", " y", " 27y", " n", " ", "y")),
        reader("appended arithmetic", new ArithmeticTask()::appended, List.of("#", "1", "#57")),
        reader(
            "answers of arithmetic", ArithmeticFormat::answer, List.of("#", "1", "#57", "27-8=19")),
        reader(
            "lines of arithmetic",
            text -> Grader.lineVerdicts(CHAIN, text),
            List.of("#", "1", "23+4=27", "=", "+", "-4")),
        reader(
            "gate of arithmetic",
            text -> ArithmeticFormat.gate("23+4-8*3", text, true),
            List.of("#", "1", "23+4=27", "=", "+")),
        reader("equations", Calculator::check, EQUATIONS),
        reader("equations that fail", Calculator::failure, EQUATIONS),
        reader("results of lines", StatedResults::ofLine, LinearReads.marks(EQUATIONS, "cm", "€")));
  }

  private static Arguments reader(
      String name, Function<CharSequence, ?> reader, List<String> marks) {
    return arguments(name, reader, marks);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readers")
  void reader_ofItsOwnMarks_looksAtEachCharacterAFewTimes(
      String name, Function<CharSequence, ?> reader, List<String> marks) {
    LinearReads.check(reader, marks);
  }
}
