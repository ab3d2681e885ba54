package dev.sluice.export.trl;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.DatasetFormat.Rows;
import dev.sluice.export.items.LabelledSolutions;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.export.items.PreferencePairs;
import dev.sluice.export.items.PreferencePairs.Pair;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.export.items.PromptProblems.Prompt;
import dev.sluice.records.Message;
import dev.sluice.records.StepLabel;
import dev.sluice.records.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The dataset types of TRL. TRL puts nothing between a prompt and what follows it, so in standard
 * formats the line end between them begins what follows.
 */
final class TrlFormats {
  private static final String TO_REWARDS =
      "they hand every other column to the reward functions by name.";
  private static final String TEMPLATE = "take it with a tokenizer that has a chat template";

  private TrlFormats() {}

  private record Sft(
      @Column("The problem's question.") String prompt,
      @Column("A line end and a solution that the consensus calls correct.") String completion) {

    static @Nullable Sft of(Labelled item) {
      return item.correct()
          ? new Sft(item.problem().question(), after(item.solution().text()))
          : null;
    }
  }

  private static final DatasetFormat<Labelled> SFT =
      new DatasetFormat<>(
          "trl/sft",
          "Prompt and completion for SFTTrainer, from solutions that the consensus calls correct.",
          new LabelledSolutions(),
          new Rows<>(Sft.class, Sft::of),
          null,
          "`SFTTrainer` takes it as it is.");

  private record SftChat(
      @Column("The problem's conversation.") List<Message> prompt,
      @Column("The assistant's turn: a solution that the consensus calls correct.")
          List<Message> completion) {

    static @Nullable SftChat of(Labelled item) {
      return item.correct()
          ? new SftChat(item.problem().messages(), reply(item.solution().text()))
          : null;
    }
  }

  private static final DatasetFormat<Labelled> SFT_CHAT =
      new DatasetFormat<>(
          "trl/sft-chat",
          "Conversations for SFTTrainer, from solutions that the consensus calls correct.",
          new LabelledSolutions(),
          new Rows<>(SftChat.class, SftChat::of),
          null,
          "`SFTTrainer` takes it with a tokenizer that has a chat template.");

  private record Preference(
      @Column("The problem's question.") String prompt,
      @Column("A line end and the preferred solution.") String chosen,
      @Column("A line end and the other solution.") String rejected) {

    static Preference of(Pair pair) {
      return new Preference(
          pair.problem().question(), after(pair.chosen()), after(pair.rejected()));
    }
  }

  private static final DatasetFormat<Pair> PREFERENCE =
      new DatasetFormat<>(
          "trl/preference",
          "Prompt, chosen and rejected solution, for DPOTrainer and similar trainers.",
          new PreferencePairs(),
          new Rows<>(Preference.class, Preference::of),
          null,
          "`DPOTrainer`, `CPOTrainer` and `ORPOTrainer` take it as it is; `RewardTrainer` too.");

  private record PreferenceChat(
      @Column("The problem's conversation.") List<Message> prompt,
      @Column("The preferred turn.") List<Message> chosen,
      @Column("The other turn.") List<Message> rejected) {

    static PreferenceChat of(Pair pair) {
      return new PreferenceChat(
          pair.problem().messages(), reply(pair.chosen()), reply(pair.rejected()));
    }
  }

  private static final DatasetFormat<Pair> PREFERENCE_CHAT =
      new DatasetFormat<>(
          "trl/preference-chat",
          "Preference pairs as conversations, for DPOTrainer and similar trainers.",
          new PreferencePairs(),
          new Rows<>(PreferenceChat.class, PreferenceChat::of),
          null,
          "`DPOTrainer`, `CPOTrainer` and `ORPOTrainer` " + TEMPLATE + ".");

  private record PromptOnly(@Column("The problem's question.") String prompt) {}

  private record GradedPrompt(
      @Column("The problem's question.") String prompt,
      @Column("The reference answer.") String groundTruth) {}

  private static final DatasetFormat<Prompt> PROMPT_ONLY =
      new DatasetFormat<>(
          "trl/prompt-only",
          "Prompts for GRPOTrainer and similar trainers.",
          new PromptProblems(),
          new Rows<>(PromptOnly.class, item -> new PromptOnly(item.problem().question())),
          new Rows<>(
              GradedPrompt.class,
              item -> new GradedPrompt(item.problem().question(), item.reference())),
          "`GRPOTrainer`, `RLOOTrainer` and `OnlineDPOTrainer` take it as it is; " + TO_REWARDS);

  private record PromptOnlyChat(@Column("The problem's conversation.") List<Message> prompt) {}

  private record GradedChat(
      @Column("The problem's conversation.") List<Message> prompt,
      @Column("The reference answer.") String groundTruth) {}

  private static final DatasetFormat<Prompt> PROMPT_ONLY_CHAT =
      new DatasetFormat<>(
          "trl/prompt-only-chat",
          "Prompts as conversations, for GRPOTrainer and similar trainers.",
          new PromptProblems(),
          new Rows<>(PromptOnlyChat.class, item -> new PromptOnlyChat(item.problem().messages())),
          new Rows<>(
              GradedChat.class,
              item -> new GradedChat(item.problem().messages(), item.reference())),
          "`GRPOTrainer`, `RLOOTrainer` and `OnlineDPOTrainer` " + TEMPLATE + "; " + TO_REWARDS);

  private record Stepwise(
      @Column("The problem's question and a line end.") String prompt,
      @Column("The steps of a solution.") List<String> completions,
      @Column("For each step, whether the consensus calls it correct.") List<Boolean> labels) {

    static @Nullable Stepwise of(Labelled item) {
      StepLabel label = item.label();
      return label.steps().isEmpty() || label.steps().size() != label.stepLabels().size()
          ? null
          : new Stepwise(item.problem().question() + "\n", label.steps(), label.stepLabels());
    }
  }

  /**
   * PRMTrainer puts the prompt right before the first step and a line end after every step, so the
   * line end between prompt and first step closes the prompt.
   */
  private static final DatasetFormat<Labelled> STEPWISE =
      new DatasetFormat<>(
          "trl/stepwise",
          "Steps with their consensus labels, for PRMTrainer.",
          new LabelledSolutions(),
          new Rows<>(Stepwise.class, Stepwise::of),
          null,
          "`PRMTrainer` (`trl.experimental.prm`) takes it as it is, with its default `step_separator` of a line end.");

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        SFT, SFT_CHAT, PREFERENCE, PREFERENCE_CHAT, PROMPT_ONLY, PROMPT_ONLY_CHAT, STEPWISE);
  }

  private static String after(String completion) {
    return "\n" + completion;
  }

  private static List<Message> reply(String completion) {
    return List.of(new Message("assistant", completion));
  }
}
