package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stages.Methods;
import dev.sluice.stages.Methods.Method;
import dev.sluice.stages.StageType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list of methods says what the stages can do: no more, and nothing less. */
class MethodsTest {
  /**
   * Keys whose choices are no methods: forms of data and of prompts, and what is trained of one.
   */
  private static final Set<String> NO_METHODS =
      Set.of(
          "SynthesizeProblems source.slice",
          "SynthesizeProblems source.format",
          "Evaluate rows.format",
          "SampleSolutions prompt.form",
          "VerifySolutions prompt.form",
          "FineTune source.task",
          "FineTune source.format",
          // Listed where a policy is updated.
          "FineTune preference.kind",
          "FineTune preference.pairs",
          "FineTune lora.target_modules",
          "TrainReward lora.target_modules",
          "UpdatePolicy lora.target_modules",
          "TrainReward label_at.token",
          "UpdatePolicy reward.label_at.token",
          "Evaluate judge.label_at.token",
          // Listed where solutions are sampled and verified.
          "Evaluate prompt.family",
          "Evaluate prompt.form",
          "SelectSolutions prompt.family",
          "SelectSolutions prompt.form",
          "UpdatePolicy prompt.family",
          "UpdatePolicy prompt.form",
          "UpdatePolicy reward.prompt.family",
          "UpdatePolicy reward.prompt.form",
          "UpdatePolicy alarms.prompt.family",
          "UpdatePolicy alarms.prompt.form",
          "Evaluate verifier_prompt.family",
          "Evaluate verifier_prompt.form",
          "Evaluate judge.prompt.family",
          "Evaluate judge.prompt.form");

  /** A part that holds others of its port has their keys once. */
  private static final Deque<Shape.Kinds> OPEN = new ArrayDeque<>();

  private static Map<String, Set<String>> options() {
    Map<String, Set<String>> options = new HashMap<>();
    for (StageType<?> type : RealStagesTest.ALL) {
      Set<String> own = new TreeSet<>();
      collect("", type.configType(), own);
      options.put(type.name(), own);
    }
    return options;
  }

  private static void collect(String prefix, Class<? extends Record> type, Set<String> options) {
    for (Shape.Field field : Shape.fields(type)) {
      Shape shape = field.shape() instanceof Shape.Items items ? items.item() : field.shape();
      if (field.key().flat() && shape instanceof Shape.Kinds kinds) {
        options.add(prefix + field.name());
        kinds
            .kinds()
            .forEach(
                (word, part) -> {
                  options.add(prefix + field.name() + "=" + word);
                  collect(prefix, part, options);
                });
      } else {
        collect(prefix + field.name(), field.shape(), options);
      }
    }
  }

  private static void collect(String key, Shape shape, Set<String> options) {
    options.add(key);
    if (shape instanceof Shape.Choice choice) {
      choice.type().words().forEach(word -> options.add(key + "=" + word));
    } else if (shape instanceof Shape.Text text) {
      text.choices().forEach(word -> options.add(key + "=" + word));
    } else if (shape instanceof Shape.Items items) {
      collect(key, items.item(), options);
    } else if (shape instanceof Shape.Block block) {
      collect(key + ".", block.type(), options);
    } else if (shape instanceof Shape.Envelope envelope) {
      collect(key, envelope.kinds(), options);
      envelope.own().forEach(field -> collect(key + "." + field.name(), field.shape(), options));
    } else if (shape instanceof Shape.Kinds kinds && !OPEN.contains(kinds)) {
      OPEN.push(kinds);
      kinds
          .kinds()
          .forEach(
              (word, type) -> {
                options.add(key + "." + kinds.selector() + "=" + word);
                collect(key + ".", type, options);
              });
      OPEN.pop();
    }
  }

  /** Parsers and what a prompt file asks for: listed where solutions are verified. */
  private static boolean isOfAnotherPrompt(String option) {
    return option.contains("prompt.file.")
        || (option.contains("prompt.reply.") && !option.startsWith("VerifySolutions "));
  }

  /** Datasets: listed where problems are read. */
  private static boolean isOfAnotherStagesDataset(String option) {
    return option.contains("dataset.") && !option.startsWith("SynthesizeProblems ");
  }

  /** Rewards, and how they read votes: listed where a policy is updated. */
  private static boolean isOfAnotherStagesReward(String option) {
    return option.startsWith("SelectSolutions reward.")
        || option.startsWith("VerifySolutions reward.")
        || option.startsWith("SelectSolutions on_mismatch");
  }

  private static String key(String option) {
    int end = option.indexOf('=');
    return end < 0 ? option : option.substring(0, end);
  }

  @Test
  void everyOptionIsAKeyOfItsStage() {
    Map<String, Set<String>> options = options();
    for (Method method : Methods.all()) {
      assertThat(options).as(method.name()).containsKey(method.stage());
      assertThat(options.get(method.stage())).as(method.name()).containsAll(method.options());
      assertThat(method.computes()).as(method.name()).endsWith(".");
    }
    assertThat(Methods.all()).extracting(Method::name).doesNotHaveDuplicates();
  }

  @Test
  void everyChoiceOfAMethodIsListed() {
    Set<String> listed = new TreeSet<>();
    Methods.all()
        .forEach(
            method ->
                method.options().forEach(option -> listed.add(method.stage() + " " + option)));
    options()
        .forEach(
            (stage, all) -> {
              List<String> choices =
                  all.stream()
                      .filter(option -> option.contains("="))
                      .map(option -> stage + " " + option)
                      .filter(option -> !NO_METHODS.contains(key(option)))
                      .filter(option -> !isOfAnotherPrompt(option))
                      .filter(option -> !isOfAnotherStagesDataset(option))
                      .filter(option -> !isOfAnotherStagesReward(option))
                      .toList();
              assertThat(listed).containsAll(choices);
            });
  }
}
