package dev.sluice.methods.prompt;

import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems, solutions and replies on which prompt families are held to what they always did. */
final class PromptCases {
  static final List<String> JUDGES =
      List.of(
          "task",
          "spark",
          "verdicts",
          "process_bench",
          "think_prm",
          "gen_prm",
          "final_verification",
          "judgement",
          "yes_no");
  static final List<String> SOLVERS =
      List.of("task", "steps", "tagged", "think", "plan", "code", "knowledge", "examples");

  private PromptCases() {}

  /** Problems by a short name. */
  static Map<String, Problem> problems() {
    Map<String, Problem> all = new LinkedHashMap<>();
    all.put("chain", problem("23+4-8*3", "arithmetic"));
    all.put("plain", problem("How much is 2 and 3?", "text"));
    all.put("lines", problem("How much\n  is 2 \t and\r\n 3? \n", "text"));
    all.put(
        "template",
        problem(
            "Is {{ x }} a {% raw %}tag{% endraw %} {# or not #}? {{ '{{' }} $& \\1 %s %d", "text"));
    all.put(
        "odd",
        problem("  \u00e4\u00f6 \ud83d\ude00 \u2028 \u00a0\"<b>'&amp; \\boxed{}\u0000", "text"));
    all.put("empty", problem("", "text"));
    return all;
  }

  /** Solutions by a short name. */
  static Map<String, String> solutions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("arithmetic", "23+4=27\n27-8=19\n19*3=57\n#57");
    all.put("one", "5");
    all.put("two", "Step 1: 2 + 3 = 5.\nAnswer: 5");
    all.put("headings", "## Step 1: **Add**\n2+3=5\n\n**Step 2:** it is 5\n\nAnswer: 5\n");
    all.put(
        "tagged",
        "<think><step>2 + 3</step>\n<step>step 2) = 5</step></think>\n<answer>\\boxed{5}</answer>");
    all.put("template", "{{ problem }} is\n{% for x in y %}{{ x }}{% endfor %}\nAnswer: {{ 5 }}");
    all.put("odd", "\u00e4 \ud83d\ude00\n\"<b>' & $1 \\\nAnswer: \u0000\t5  ");
    all.put("empty", "");
    return all;
  }

  /** Replies to judges. */
  static List<String> replies() {
    return List.of(
        "",
        "Yes",
        "No, it is not",
        "Nobody knows",
        "<think>no</think> Yes.",
        "y",
        "n",
        "yes",
        "a 27y 19y 57y y",
        "a y n",
        "a y y",
        "Step 1: Correct\nStep 2: Incorrect",
        "Step 1: Correct\nStep 2: Correct\n**Verification: Is the answer correct (Yes/No)? Yes**",
        "## Step 1: x\n**This step is correct.**\n## Step 2: y\n**This step is incorrect.**\n**Verification: Is the answer correct (Yes/No)? No**",
        "Step 1: correct\nStep 3: correct",
        "the second: \\boxed{ 1 }",
        "\\boxed{-1}",
        "\\boxed{0} no \\boxed{2}",
        "\\boxed{3}",
        "\\boxed{one}",
        "\\boxed{correct} \\boxed{correct}",
        "\\boxed{correct} \\boxed{incorrect}",
        "\\boxed{Incorrect}.",
        "<think>1: 2+3 is \\boxed{5}, \\boxed{correct} \\boxed{incorrect}</think> No",
        "<think>\\boxed{incorrect}, wait</think> \\boxed{correct}\n\\boxed{correct}\n\\boxed{correct}",
        "Judgement: \\boxed{Yes} Judgement: $\\boxed{Yes}$ Judgement: \\boxed{Yes}",
        "see \\boxed{No} <output>**Judgement**: $\\boxed{Yes}$</output> <output>**Judgement**: $\\boxed{No}$</output>",
        "**Judgement**: $\\boxed{maybe}$",
        "<think>Judgement: \\boxed{No}</think>",
        "<final_verification>\\boxed{Correct}</final_verification>",
        "\\boxed{no} final_verification>\\boxed{1.0}",
        "<final_verification>yes</final_verification>",
        "Is the answer correct (Yes/No)? **No**",
        "[{\"step\": 1, \"correct\": true}, {\"step\": 2, \"correct\": false}]",
        "| 1 | x | Correct |\n| 2 | y | Wrong |");
  }

  private static Problem problem(String question, String format) {
    return new Problem(
        "p", List.of(Message.user(question)), null, "test", null, Map.of("format", format));
  }
}
