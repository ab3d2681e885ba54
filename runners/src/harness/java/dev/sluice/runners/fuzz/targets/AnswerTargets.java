package dev.sluice.runners.fuzz.targets;

import dev.sluice.methods.answers.AnswerEquality;
import dev.sluice.methods.answers.AnswerReader;
import dev.sluice.methods.answers.Reference;
import dev.sluice.methods.answers.UnitInText;
import dev.sluice.methods.rubric.StatedResults;
import dev.sluice.runners.fuzz.inputs.Repository;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Answers that models and files state, and what is equal to what. */
final class AnswerTargets {
  private static final String PAIRS =
      "transforms/methods/src/test/resources/dev/sluice/methods/answers/pairs.tsv";

  /** Between two answers of one input. */
  private static final String BETWEEN = "\u001f";

  private static final int MAX_COMPARED = 5;

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
          "#### ",
          "<answer>",
          "</answer>",
          "<<",
          ">>",
          "1,",
          "-",
          ".",
          ", which",
          "\\boxed{",
          "}",
          "\\boxed",
          "{",
          "\\fbox{",
          "\\boxed{}",
          "\\",
          "\\boxed{1}",
          "\\[",
          "\\]",
          "$",
          "\\text{",
          "<<3+4=7>>",
          "7",
          "12.5",
          "3/4",
          "1,000",
          "$18",
          "18 cm",
          "50\\%",
          "so it is ",
          "equals",
          "=",
          ": ",
          "is",
          "therefore ",
          "(A)",
          "A",
          "B.",
          "yes");

  private static final List<String> FORMULAS =
      List.of(
          "\\frac{",
          "\\frac12",
          "\\dfrac{1}{2}",
          "\\sqrt{",
          "\\sqrt[3]{",
          "\\binom{",
          "}{",
          "}",
          "{",
          "(",
          ")",
          "[",
          "]",
          "|",
          "\\left(",
          "\\right)",
          "\\left[",
          "+",
          "-",
          "*",
          "/",
          "^",
          "^{",
          "_",
          "_{",
          "!",
          ",",
          ";",
          "=",
          "\\pi",
          "pi",
          "e",
          "i",
          "x",
          "y",
          "n",
          "\\alpha",
          "\\sin",
          "\\cos ",
          "\\log_",
          "\\ln",
          "\\sum_{k=1}^{",
          "\\prod_{",
          "\\begin{pmatrix}",
          "&",
          "\\\\",
          "\\end{pmatrix}",
          "\\cdot",
          "\\times",
          "\\div",
          "\\pm",
          "\\infty",
          "\\cup",
          "\\cap",
          "\\in",
          "\\le",
          "\\geq",
          "<",
          ">",
          "\\lfloor",
          "\\rfloor",
          "\\lceil",
          "\\rceil",
          "\\{",
          "\\}",
          "\\text{ cm}",
          "\\mathrm{",
          "cm",
          "km/h",
          "m^2",
          "square ",
          " per ",
          "\\%",
          "%",
          "^\\circ",
          "°",
          "$",
          "€",
          "\\$",
          "10:30",
          "1:2",
          "2 1/2",
          "1e3",
          "0.333\\overline{3}",
          "\\overline{",
          "\\dots",
          "...",
          "or",
          "and",
          " ",
          "1",
          "2",
          "3",
          "17",
          "100",
          "0.5",
          ".5",
          "12,345",
          "x=",
          "\\to",
          "\\operatorname{",
          "\\hat{",
          "'",
          "mod",
          "\\pmod{",
          "₂",
          "²",
          "½",
          "√",
          "∞",
          "≤",
          "−",
          "×",
          "^{\\prime",
          "\\prime",
          "\\mathbreak",
          "\\hline",
          "f(x)",
          "\\tan(",
          "\\cot 1",
          "\\sec(2)",
          "\\csc 1",
          "\\arcsin(",
          "\\arccos(0.5)",
          "\\arctan 2",
          "\\operatorname{arccot}(2)",
          "\\exp(",
          "\\sinh(1)",
          "\\cosh 0",
          "\\tanh(1)",
          "\\sin^{-1}(",
          "\\cos^2 ",
          "\\binom{5}{2}",
          "\\max(1,2)",
          "\\gcd(",
          "|-3|",
          "|x-1|",
          "[1+2]",
          "2^-1",
          "\\mathrm{e}",
          "\\mathrm{sin}(1)",
          "\\mathrm{xy}",
          "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}",
          "\\sum_{k=1}^{3}k",
          "\\approx ",
          "x \\approx 2.7",
          "cubic cm",
          "3 mL",
          "0^",
          "10^{9}",
          "x \\in ",
          BETWEEN);

  private static final List<String> UNITS =
      List.of(
          " ",
          "square ",
          "cubic ",
          "cm",
          "km",
          "m",
          "^",
          "^2",
          "/",
          "\\text{",
          "}",
          " per ",
          "in",
          ".",
          "%",
          "\\circ",
          "°",
          "C",
          "F",
          "kg",
          "hours",
          "minutes",
          "dollars",
          "cents",
          "$",
          "€",
          "mph",
          "\\,",
          "~",
          "-",
          "1",
          "12",
          "sq. ",
          "ft",
          "s",
          "²",
          "\\mathrm{",
          "\\mbox{",
          "=",
          "<<",
          ">>",
          "\n");

  private static final String ANSWERED = "dev.sluice.methods.answers.";

  /** The others of the package find an answer in a text; readers of their own count them. */
  private static final List<String> EQUALITY =
      List.of(
          "AnswerEquality",
          "AnswerLists",
          "AnswerParser",
          "AnswerValue",
          "Brackets",
          "Cursor",
          "Equations",
          "Expression",
          "Formula",
          "Functions",
          "Notation",
          "Point",
          "Points",
          "Quantities",
          "Relations",
          "Scalar",
          "Sentences",
          "Symbols",
          "UndecidedException",
          "Unit");

  private AnswerTargets() {}

  static List<Target> all() {
    return List.of(
        Target.named("answers")
            .mutatedTexts(replies(), ANSWERS)
            .marks(ANSWERS)
            .covers(
                "dev.sluice.methods.answers.AnswerReader",
                "dev.sluice.methods.answers.Announcements",
                "dev.sluice.methods.answers.AnswerTidier",
                "dev.sluice.methods.answers.BoxedText")
            .readsText(AnswerTargets::answer),
        Target.named("references")
            .mutatedTexts(replies(), ANSWERS)
            .marks(ANSWERS)
            .covers("dev.sluice.methods.answers.Reference")
            .readsText(AnswerTargets::reference),
        Target.named("equal-answers")
            .mutatedTexts(pairs(), FORMULAS)
            .marks(FORMULAS)
            .covers(EQUALITY.stream().map(ANSWERED::concat).toArray(String[]::new))
            .readsText(AnswerTargets::equal),
        Target.named("units")
            .mutatedTexts(
                List.of(
                    "18 square cm",
                    "3 km/h",
                    "20\\%",
                    "5\\text{ cm}^2",
                    "$4.50",
                    "37°C",
                    "He has 16-3=<<16-3=13>>13 eggs",
                    "Each costs 3*4 = $12.50 per kg\n12.50",
                    "<<2+2>> = -€ 4 in."),
                UNITS)
            .marks(UNITS)
            .covers(
                "dev.sluice.methods.answers.UnitInText", "dev.sluice.methods.rubric.StatedResults")
            .readsText(AnswerTargets::unit));
  }

  private static List<String> replies() {
    return List.of(
        "Step 1: 3+4=7\nStep 2: 7*2=14\nAnswer: 14",
        "He pays <<3*4=12>>12 dollars.\n#### 12",
        "So the area is $\\boxed{\\frac{1}{2}}$.",
        "Therefore the final answer is **18 cm**, which is what was asked.",
        "<think>hm</think><answer>\\boxed{x=3}</answer>",
        "The answer is: (B) 12,345.60.",
        "The probability is\n$$\n\\frac{3}{4}\n$$\n",
        "Final answer\n\n> 42\n");
  }

  private static List<String> pairs() {
    List<String> pairs =
        new ArrayList<>(
            List.of(
                "x \\approx 2.7" + BETWEEN + "2.7",
                "(1,2)=(1,2)" + BETWEEN + "(1,2)",
                "[0,1]=[0,1]" + BETWEEN + "[0,1]",
                "\\{x : x > 1\\}" + BETWEEN + "\\lbrace 1,2 \\rbrace",
                "\\tan(1)" + BETWEEN + "\\frac{\\sin 1}{\\cos 1}",
                "\\sec(0)+\\cot(1)\\csc(1)" + BETWEEN + "1+\\cot(1)\\csc(1)",
                "\\arcsin(1)+\\arccos(1)" + BETWEEN + "\\frac{\\pi}{2}",
                "\\sin^{-1}(1)" + BETWEEN + "\\arctan(2)+\\operatorname{arccot}(2)",
                "\\cosh^2(1)-\\sinh^2(1)" + BETWEEN + "\\exp(0)",
                "\\tanh(0)" + BETWEEN + "\\sin 0",
                "\\binom{5}{2}" + BETWEEN + "10",
                "|3-5i|" + BETWEEN + "\\sqrt{34}",
                "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}"
                    + BETWEEN
                    + "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}",
                "2\\begin{pmatrix}1\\\\3\\end{pmatrix}" + BETWEEN + "(2,6)",
                "[2+3]\\cdot 2^-1" + BETWEEN + "2.5",
                "\\mathrm{e}^{\\mathrm{xy}}" + BETWEEN + "\\mathrm{sin}(x)",
                "3 cubic cm" + BETWEEN + "3 cm^3",
                "3 L" + BETWEEN + "3000 mL",
                "0^0" + BETWEEN + "0^{i}",
                "2^{20000}" + BETWEEN + "1/0",
                "i!" + BETWEEN + "(1/2)!",
                "\\sum_{k=1}^{5/2} k" + BETWEEN + "\\log_0 2",
                "$1{,}000,\\text{ or } 2$" + BETWEEN + "{1,2}"));
    for (String line : Repository.text(PAIRS).lines().toList()) {
      String[] columns = line.split("\t", -1);
      if (columns.length >= 3) {
        pairs.add(columns[1] + BETWEEN + columns[2]);
      }
    }
    return pairs;
  }

  private static boolean answer(String text) {
    int middle = text.length() / 2;
    Optional<String> answer = AnswerReader.read(text, "");
    Broken.unless(answer.equals(AnswerReader.read(text, "")), "The same answer is read twice.");
    Optional<String> beside = AnswerReader.read(text, text.substring(0, middle));
    answer.ifPresent(
        each -> Broken.unless(!each.isBlank() && each.length() <= text.length(), "It is a part."));
    beside.ifPresent(
        each -> Broken.unless(each.length() <= text.length(), "It is a part of the reply."));
    return answer.isPresent();
  }

  private static boolean reference(String text) {
    String read = Reference.read(text);
    Broken.unless(read.equals(Reference.read(text)), "The same reference is read twice.");
    Broken.unless(AnswerEquality.matches(read, read), "A reference '%s' equals itself.", read);
    return !read.isEmpty();
  }

  private static boolean equal(String text) {
    List<String> all =
        Arrays.stream(text.split(BETWEEN, -1)).limit(MAX_COMPARED).map(String::strip).toList();
    boolean read = false;
    for (String one : all) {
      read |= AnswerEquality.reads(one);
      Broken.unless(AnswerEquality.matches(one, one), "'%s' equals itself.", one);
      for (String other : all) {
        boolean same = AnswerEquality.matches(one, other);
        Broken.unless(
            same == AnswerEquality.matches(other, one), "'%s' and '%s' both ways.", one, other);
        Broken.unless(
            same || !AnswerEquality.key(one).equals(AnswerEquality.key(other)),
            "'%s' and '%s' have one key.",
            one,
            other);
      }
    }
    classes(all);
    return read;
  }

  /** Classes do not depend on the order, and equal keys are never parted. */
  private static void classes(List<String> all) {
    List<Optional<String>> answers = new ArrayList<>(all.stream().map(Optional::of).toList());
    answers.add(Optional.empty());
    int[] classes = AnswerEquality.classes(answers);
    List<Optional<String>> reversed = new ArrayList<>(answers);
    java.util.Collections.reverse(reversed);
    int[] other = AnswerEquality.classes(reversed);
    int last = classes.length - 1;
    Broken.unless(classes[last] == -1, "No answer has no class.");
    for (int i = 0; i < last; i++) {
      for (int j = 0; j < last; j++) {
        Broken.unless(
            (classes[i] == classes[j]) == (other[last - i] == other[last - j]),
            "The classes of %s depend on their order.",
            all);
      }
    }
  }

  private static boolean unit(String text) {
    String unit = UnitInText.of(text);
    String result = StatedResults.ofLine(text);
    Broken.unless(result.equals(StatedResults.ofLine(text)), "The same result is read twice.");
    Broken.unless(
        StatedResults.normal(result).equals(result), "'%s' is in its one spelling.", result);
    StatedResults.lastComputed(List.of(text, "none"))
        .ifPresent(
            last -> Broken.unless(last.equals(result), "'%s' is the result of its line.", last));
    Broken.unless(
        result.isEmpty() || StatedResults.follows(result, result), "'%s' follows itself.", result);
    List<String> lines = text.lines().limit(MAX_COMPARED).toList();
    StatedResults stated = StatedResults.of(lines, result);
    Broken.unless(stated.lines() == lines.size(), "Each line is counted.");
    Broken.unless(
        stated.results().size() == lines.size() || stated.results().size() == lines.size() - 1,
        "All lines but the answer have a result.");
    return !unit.isEmpty();
  }
}
