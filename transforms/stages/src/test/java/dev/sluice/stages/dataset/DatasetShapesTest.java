package dev.sluice.stages.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.stages.testing.Configs;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each dataset alone has. */
class DatasetShapesTest {

  private static List<DatasetSolution> prm800k(String steps, String config) {
    return Configs.of(Prm800kShape.class, config)
        .solutions(
            DatasetLines.read(
                "{\"question\": {\"problem\": \"q\"}, \"label\": {\"steps\": %s}}"
                    .formatted(steps)));
  }

  @Test
  void prm800k_tree_givesASolutionForEachWay() {
    assertThat(
            prm800k(
                """
                [{"completions": [{"text": "a", "rating": 1}, {"text": "b", "rating": -1}], "chosen_completion": 0},
                 {"completions": [{"text": "c", "rating": -1}], "human_completion": {"text": "d", "rating": null}, "chosen_completion": null},
                 {"completions": [{"text": "e", "rating": 0}], "chosen_completion": 0},
                 {"completions": null, "human_completion": null, "chosen_completion": null}]
                """,
                "{}"))
        .extracting(DatasetSolution::text, solution -> solution.decided().orElseThrow())
        .containsExactly(
            tuple("b", List.of(false)),
            tuple("a\nc", List.of(true, false)),
            tuple("a\nd\ne", List.of(true, true, true)));
  }

  @Test
  void prm800k_foundError_endsWithIt() {
    assertThat(
            prm800k(
                """
                [{"completions": [{"text": "a", "rating": 1}], "chosen_completion": 0},
                 {"completions": [{"text": "b", "rating": -1}], "chosen_completion": null}]
                """,
                "{}"))
        .extracting(DatasetSolution::text)
        .containsExactly("a\nb");
  }

  @ParameterizedTest
  @CsvSource({"correct, true", "incorrect, false"})
  void prm800k_neutral_isWhatTheKeySays(String neutral, boolean label) {
    assertThat(
            prm800k(
                "[{\"completions\": [{\"text\": \"a\", \"rating\": 0}], \"chosen_completion\": 0}]",
                "{neutral: %s}".formatted(neutral)))
        .extracting(solution -> solution.decided().orElseThrow())
        .containsExactly(List.of(label));
  }

  @Test
  void prm800k_unknownStepBeforeTheFirstError_isNoVote() {
    String steps =
        "[{\"completions\": [{\"text\": \"a\", \"rating\": 0}], \"chosen_completion\": 0}, {\"completions\": [{\"text\": \"b\", \"rating\": %s}], \"chosen_completion\": 0}]";
    for (String rating : List.of("1", "-1", "null")) {
      DatasetSolution solution = prm800k(steps.formatted(rating), "{neutral: unknown}").get(0);
      assertThat(solution.labelled()).isTrue();
      assertThat(solution.vote(2)).isEmpty();
    }
    assertThat(prm800k(steps.formatted("null"), "{neutral: incorrect}").get(0).decided())
        .hasValue(List.of(false, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | has no step in column 'label.steps'",
        "[null] | has nothing in 'label.steps[0]' where an object belongs",
        "[{\"completions\": [{\"text\": \"a\", \"rating\": 2}], \"chosen_completion\": 0}] | has the rating 2 in column 'label.steps[0].completions[0].rating'; ratings are -1, 0 and 1",
        "[{\"completions\": [{\"text\": null, \"rating\": 1}], \"chosen_completion\": 0}] | has no text in column 'label.steps[0].completions[0].text'",
        "[{\"completions\": [{\"text\": \"a\", \"rating\": 1}], \"chosen_completion\": 1}] | has 1 in column 'label.steps[0].chosen_completion', which has 1 completions",
        "[{\"completions\": [{\"text\": \"a\", \"rating\": 0.5}]}] | has '0.5' in column 'label.steps[0].completions[0].rating' where a whole number belongs"
      })
  void prm800k_brokenTree_isAFault(String steps, String fault) {
    assertThatThrownBy(() -> prm800k(steps, "{}"))
        .isInstanceOf(DatasetRowException.class)
        .hasMessage(fault);
  }

  private static List<DatasetSolution> processBench(String steps, String label) {
    return new ProcessBenchShape()
        .solutions(
            DatasetLines.read(
                "{\"problem\": \"q\", \"steps\": %s, \"label\": %s, \"final_answer_correct\": true, \"generator\": \"m\"}"
                    .formatted(steps, label)));
  }

  @Test
  void processBench_label_namesTheFirstError() {
    DatasetSolution solution = processBench("[\"a\", \"b\", \"c\"]", "1").get(0);
    assertThat(solution.verdicts())
        .containsExactly(StepVerdict.CORRECT, StepVerdict.INCORRECT, StepVerdict.UNKNOWN);
    assertThat(solution.decided()).hasValue(List.of(true, false, false));
    assertThat(solution.vote(3).orElseThrow().namesIndex()).isTrue();
    assertThat(solution.referenceCorrect()).isTrue();
    assertThat(solution.model()).isEqualTo("m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"a\", \"b\"] | 2 | has the label 2 for 2 steps; a label is the index of a step, or -1 for none",
        "[\"a\", \"b\"] | -2 | has the label -2 for 2 steps; a label is the index of a step, or -1 for none",
        "[\"a\", \"b\"] | null | has no label",
        "[\"a\", \"b\"] | true | has 'true' in column 'label' where a whole number belongs",
        "[\"a\", null] | 0 | has no text in 'steps[1]'",
        "[\"a\", \"\"] | 0 | has no text in step 1 (from 0)",
        "[] | -1 | has a solution without steps",
        "\"a\" | -1 | has a text in column 'steps' where a list belongs"
      })
  void processBench_brokenRow_isAFault(String steps, String label, String fault) {
    assertThatThrownBy(() -> processBench(steps, label)).hasMessage(fault);
  }

  private static DatasetRow shepherd(String input, String label, String more) {
    return DatasetLines.read(
        "{\"input\": \"%s\", \"label\": \"%s\"%s}".formatted(input, label, more));
  }

  @Test
  void mathShepherd_questionThatMentionsAStep_endsAtTheLastOne() {
    DatasetRow row =
        shepherd(
            "What is Step 1: of 2? Step 1: a ки\\nStep 2: b ки",
            "What is Step 1: of 2? Step 1: a +\\nStep 2: b -",
            "");
    MathShepherdShape shape = Configs.of(MathShepherdShape.class, "{}");
    assertThat(shape.problem(row)).isEqualTo(DatasetProblem.asking("What is Step 1: of 2?"));
    assertThat(shape.solutions(row))
        .extracting(DatasetSolution::steps, solution -> solution.decided().orElseThrow())
        .containsExactly(tuple(List.of("Step 1: a", "Step 2: b"), List.of(true, false)));
  }

  @Test
  void mathShepherd_stepsWithoutNumbers_areFoundByTheIdOfTheProblem() {
    String question = "How many?\nAnd why?";
    DatasetRow row =
        shepherd(
            "How many?\\nAnd why?\\n4 + 0 = 4 ки\\n#4 ки\\n",
            "How many?\\nAnd why?\\n4 + 0 = 4 +\\n#4 +\\n",
            ", \"problem_id\": \"%s\""
                .formatted(Hashes.problemId(List.of(Message.user(question)))));
    MathShepherdShape shape = Configs.of(MathShepherdShape.class, "{}");
    assertThat(shape.problem(row)).isEqualTo(DatasetProblem.asking(question));
    assertThat(shape.solutions(row).get(0).steps()).containsExactly("4 + 0 = 4", "#4");
  }

  @Test
  void mathShepherd_otherTokenAndSigns_areKeys() {
    DatasetRow row = shepherd("q Step 1: a <s> Step 2: b <s>", "q Step 1: a yes Step 2: b no", "");
    MathShepherdShape shape =
        Configs.of(MathShepherdShape.class, "{step_token: <s>, good: 'yes', bad: 'no'}");
    assertThat(shape.solutions(row).get(0).decided()).hasValue(List.of(true, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "q Step 1: a | q Step 1: a | has no step token 'ки' in column 'input'",
        "q Step 1: a ки Step 2: b | q Step 1: a + Step 2: b | has no step token 'ки' after its last step in column 'input'",
        "q Step 1: a ки | q Step 1: a ? | has neither '+' nor '-' after step 0 (from 0) in column 'label'",
        "q Step 1: a ки Step 2: b ки | q Step 1: a + Step 2: c + | has other text in column 'label' than in 'input' in step 1 (from 0); the two differ in signs alone",
        "q Step 1: a ки | q Step 1: a + Step 2: b - | has 1 steps in column 'input' and more text after the last of them in column 'label'",
        "Step 1: a ки | Step 1: a + | has no 'Step 1:' after a question in column 'input'",
        "q a ки | q a + | has no 'Step 1:' after a question in column 'input'"
      })
  void mathShepherd_brokenRow_isAFault(String input, String label, String fault) {
    assertThatThrownBy(
            () -> Configs.of(MathShepherdShape.class, "{}").solutions(shepherd(input, label, "")))
        .hasMessage(fault);
  }

  @Test
  void trl_lineEndsOfAnExport_belongToNeitherSide() {
    DatasetRow stepwise =
        DatasetLines.read(
            "{\"prompt\": \"q?\\n\", \"completions\": [\"a\", \"b\"], \"labels\": [1, false]}");
    DatasetRow sft = DatasetLines.read("{\"prompt\": \"q?\", \"completion\": \"\\na\\nb\"}");
    TrlShape shape = new TrlShape();
    assertThat(shape.problem(stepwise)).isEqualTo(DatasetProblem.asking("q?"));
    assertThat(shape.problem(sft)).isEqualTo(DatasetProblem.asking("q?"));
    assertThat(shape.solutions(sft)).containsExactly(DatasetSolution.ofText("a\nb"));
    assertThat(shape.solutions(stepwise).get(0).text()).isEqualTo("a\nb");
    assertThat(shape.example(sft)).hasValue(new DatasetExample("q?", "\na\nb"));
    assertThat(shape.example(stepwise)).isEmpty();
  }

  @Test
  void trl_everyType_isToldByItsColumns() {
    String turns = "[{\"role\": \"user\", \"content\": \"q?\"}%s]";
    String reply = "{\"role\": \"assistant\", \"content\": \"%s\"}";
    String user = turns.formatted("");
    TrlShape shape = new TrlShape();
    for (String row :
        List.of(
            "{\"messages\": %s}".formatted(turns.formatted(", " + reply.formatted("a"))),
            "{\"prompt\": %s, \"completion\": [%s]}".formatted(user, reply.formatted("a")),
            "{\"prompt\": %s, \"completion\": [%s], \"label\": true}"
                .formatted(user, reply.formatted("a")),
            "{\"prompt\": %s, \"chosen\": [%s], \"rejected\": [%s]}"
                .formatted(user, reply.formatted("a"), reply.formatted("b")),
            "{\"chosen\": %s, \"rejected\": %s}"
                .formatted(
                    turns.formatted(", " + reply.formatted("a")),
                    turns.formatted(", " + reply.formatted("b"))))) {
      assertThat(shape.problem(DatasetLines.read(row))).isEqualTo(DatasetProblem.asking("q?"));
      assertThat(shape.solutions(DatasetLines.read(row)).get(0).text()).isEqualTo("a");
    }
    DatasetRow prompt =
        DatasetLines.read("{\"prompt\": %s, \"ground_truth\": 4.50}".formatted(user));
    assertThat(shape.problem(prompt).referenceAnswer()).isEqualTo("4.5");
    assertThatThrownBy(() -> shape.solutions(prompt))
        .hasMessage(
            "has no solution: neither 'completions', 'completion', 'messages' nor 'chosen'");
  }

  @Test
  void trl_unpaired_labelIsTheOutcome() {
    DatasetSolution solution =
        new TrlShape()
            .solutions(
                DatasetLines.read("{\"prompt\": \"q\", \"completion\": \"a\", \"label\": false}"))
            .get(0);
    assertThat(solution.outcome()).isFalse();
    assertThat(solution.vote(7).orElseThrow().outcome()).isFalse();
    assertThat(solution.vote(7).orElseThrow().verdicts()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"completions\": [\"a\", \"b\"], \"labels\": [true] | has 2 steps and 1 labels; the two go in pairs",
        "\"completions\": [\"a\"], \"labels\": [] | has 1 steps and 0 labels; the two go in pairs",
        "\"completions\": [\"a\"], \"labels\": [0.5] | has '0.5' in 'labels[0]' where true or false belongs",
        "\"completions\": [\"a\"], \"labels\": [null] | has nothing in 'labels[0]' where true or false belongs",
        "\"completions\": [\"a\"] | has no list in column 'labels'",
        "\"completions\": [null], \"labels\": [true] | has no text in 'completions[0]'"
      })
  void trl_brokenRow_isAFault(String columns, String fault) {
    assertThatThrownBy(
            () ->
                new TrlShape()
                    .solutions(DatasetLines.read("{\"prompt\": \"q\", %s}".formatted(columns))))
        .hasMessage(fault);
  }

  @Test
  void verl_promptsOfRl_holdTheReference() {
    DatasetProblem problem =
        new VerlShape()
            .problem(
                DatasetLines.read(
                    "{\"data_source\": \"x\", \"prompt\": [{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\": \"user\", \"content\": \"q?\"}], \"reward_model\": {\"style\": \"rule\", \"ground_truth\": \"42\"}}"));
    assertThat(problem.messages())
        .containsExactly(new Message("system", "Be brief."), Message.user("q?"));
    assertThat(problem.referenceAnswer()).isEqualTo("42");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"role\": \"system\", \"content\": \"s\"}] | has no question: no turn of the user with a text",
        "[{\"role\": \"user\", \"content\": \" \"}] | has no question: no turn of the user with a text",
        "[{\"role\": \"user\", \"content\": null}] | has no text in 'prompt[0].content'",
        "[{\"content\": \"q\"}] | has no text in column 'prompt[0].role'",
        "[] | has an empty list in column 'prompt'"
      })
  void prompt_withoutAQuestion_isAFault(String prompt, String fault) {
    assertThatThrownBy(
            () -> new VerlShape().problem(DatasetLines.read("{\"prompt\": %s}".formatted(prompt))))
        .isInstanceOf(DatasetRowException.class)
        .hasMessage(fault);
  }

  @Test
  void nemoGym_inputAsText_isTheQuestion() {
    DatasetProblem problem =
        Configs.of(NemoGymShape.class, "{reference: expected}")
            .problem(
                DatasetLines.read(
                    "{\"responses_create_params\": {\"input\": \"q?\"}, \"expected\": 7}"));
    assertThat(problem).isEqualTo(new DatasetProblem(List.of(Message.user("q?")), null, "7"));
  }

  @Test
  void preference_everySpelling_isAPair() {
    for (String row :
        List.of(
            "{\"prompt\": \"q\", \"chosen\": \"\\na\", \"rejected\": \"\\nb\", \"margin\": 0.25}",
            "{\"system\": \"\", \"input\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\", \"margin\": 0.25}",
            "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}], \"chosen\": {\"role\": \"assistant\", \"content\": \"a\"}, \"rejected\": {\"role\": \"assistant\", \"content\": \"b\"}, \"margin\": 0.25}",
            "{\"chosen\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}], \"rejected\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"b\"}], \"margin\": 0.25}")) {
      PreferenceShape shape = new PreferenceShape();
      assertThat(shape.problem(DatasetLines.read(row))).isEqualTo(DatasetProblem.asking("q"));
      assertThat(shape.solutions(DatasetLines.read(row)))
          .containsExactly(DatasetSolution.ofText("a"), DatasetSolution.ofText("b"));
      assertThat(shape.pairs(DatasetLines.read(row))).containsExactly(new DatasetPair(0, 1, 0.25));
    }
  }

  @Test
  void preference_rewardBench2_pairsEachChosenWithEachRejected() {
    DatasetRow row =
        DatasetLines.read(
            "{\"id\": \"7\", \"prompt\": \"q\", \"chosen\": [\"a\"], \"rejected\": [\"b\", \"c\", \"d\"], \"models\": [\"m\"]}");
    assertThat(new PreferenceShape().pairs(row))
        .containsExactly(
            new DatasetPair(0, 1, null), new DatasetPair(0, 2, null), new DatasetPair(0, 3, null));
    assertThat(new PreferenceShape().problem(row).id()).isEqualTo("7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"chosen\": \"a\", \"rejected\": \"b\"} | has no column 'prompt'; without one, 'chosen' and 'rejected' are whole dialogues",
        "{\"chosen\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}], \"rejected\": [{\"role\": \"user\", \"content\": \"r\"}, {\"role\": \"assistant\", \"content\": \"b\"}]} | has dialogues in 'chosen' and 'rejected' that differ before their last turns",
        "{\"chosen\": [{\"role\": \"user\", \"content\": \"q\"}], \"rejected\": [{\"role\": \"user\", \"content\": \"q\"}]} | ends with a turn of 'user' in column 'chosen', not with one of the assistant"
      })
  void preference_brokenRow_isAFault(String row, String fault) {
    assertThatThrownBy(() -> new PreferenceShape().problem(DatasetLines.read(row)))
        .hasMessage(fault);
  }

  @Test
  void preference_blankReply_isAFault() {
    assertThatThrownBy(
            () ->
                new PreferenceShape()
                    .solutions(
                        DatasetLines.read(
                            "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": null}")))
        .hasMessage("has no text in column 'rejected'");
  }
}
