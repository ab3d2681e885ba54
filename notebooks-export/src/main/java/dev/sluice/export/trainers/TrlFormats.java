package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.INCORRECT;
import static dev.sluice.export.trainers.Turns.UNDECIDED;
import static dev.sluice.export.trainers.Turns.UNLABELLED;
import static dev.sluice.export.trainers.Turns.dialogue;
import static dev.sluice.export.trainers.Turns.reply;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.LabelledSolutions;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.export.items.PreferencePairs;
import dev.sluice.export.items.PreferencePairs.Pair;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.records.Message;
import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * The dataset types of TRL (docs/source/dataset_formats.md). TRL puts nothing between a prompt and
 * what follows it, so in standard formats the line end between them begins what follows.
 */
final class TrlFormats {
  private static final Target TRL = Target.of("TRL 1.16.0", FileType.PARQUET, FileType.JSONL);
  private static final String TEMPLATE = "with a tokenizer that has a chat template";

  private TrlFormats() {}

  private record Text(
      @Column("The problem's question, a line end and a solution called correct.") String text) {}

  private record Messages(
      @Column("The problem's conversation and the assistant's turn, a solution called correct.")
          List<Message> messages) {}

  private record Sft(
      @Column(Docs.QUESTION) String prompt,
      @Column("A line end and a solution that the consensus calls correct.") String completion) {}

  private record SftChat(
      @Column(Docs.CONVERSATION) List<Message> prompt,
      @Column("The assistant's turn: a solution that the consensus calls correct.")
          List<Message> completion) {}

  private static final List<DatasetFormat<Labelled>> SFT =
      List.of(
          DatasetFormat.of(
              "trl/text",
              "Text for language modeling, from solutions that the consensus calls correct.",
              new LabelledSolutions(),
              Rows.some(
                  Text.class,
                  INCORRECT,
                  item ->
                      item.correct()
                          ? new Text(item.problem().question() + after(item.solution().text()))
                          : null),
              sft("")),
          DatasetFormat.of(
              "trl/messages",
              "Whole conversations for SFTTrainer, from solutions that the consensus calls correct.",
              new LabelledSolutions(),
              Rows.some(
                  Messages.class,
                  INCORRECT,
                  item -> item.correct() ? new Messages(dialogue(item)) : null),
              sft(" " + TEMPLATE)),
          DatasetFormat.of(
              "trl/sft",
              "Prompt and completion for SFTTrainer, from solutions that the consensus calls correct.",
              new LabelledSolutions(),
              Rows.some(
                  Sft.class,
                  INCORRECT,
                  item ->
                      item.correct()
                          ? new Sft(item.problem().question(), after(item.solution().text()))
                          : null),
              sft("")),
          DatasetFormat.of(
              "trl/sft-chat",
              "Prompt and completion as conversations for SFTTrainer, from solutions that the consensus calls correct.",
              new LabelledSolutions(),
              Rows.some(
                  SftChat.class,
                  INCORRECT,
                  item ->
                      item.correct()
                          ? new SftChat(item.problem().messages(), reply(item.solution().text()))
                          : null),
              sft(" " + TEMPLATE)));

  private static Target sft(String how) {
    return TRL.note("`SFTTrainer` takes it" + (how.isEmpty() ? " as it is." : how + "."))
        .launch("trl sft --model_name_or_path MODEL --dataset_name {out} --output_dir OUT");
  }

  private record Preference(
      @Column(Docs.QUESTION) String prompt,
      @Column("A line end and the preferred solution.") String chosen,
      @Column("A line end and the other solution.") String rejected) {}

  private record PreferenceChat(
      @Column(Docs.CONVERSATION) List<Message> prompt,
      @Column("The preferred turn.") List<Message> chosen,
      @Column("The other turn.") List<Message> rejected) {}

  private record Implicit(
      @Column("The question, a line end and the preferred solution.") String chosen,
      @Column("The question, a line end and the other solution.") String rejected) {}

  private record ImplicitChat(
      @Column("The conversation and the preferred turn.") List<Message> chosen,
      @Column("The conversation and the other turn.") List<Message> rejected) {}

  private static final List<DatasetFormat<Pair>> PREFERENCE =
      List.of(
          DatasetFormat.of(
              "trl/preference",
              "Prompt, chosen and rejected solution, for DPOTrainer and similar trainers.",
              new PreferencePairs(),
              Rows.of(
                  Preference.class,
                  pair ->
                      new Preference(
                          pair.problem().question(), after(pair.chosen()), after(pair.rejected()))),
              TRL.note(
                      "`DPOTrainer`, `CPOTrainer` and `ORPOTrainer` take it as it is; `RewardTrainer` too.")
                  .launch(
                      "trl dpo --model_name_or_path MODEL --dataset_name {out} --output_dir OUT")),
          DatasetFormat.of(
              "trl/preference-chat",
              "Preference pairs as conversations, for DPOTrainer and similar trainers.",
              new PreferencePairs(),
              Rows.of(
                  PreferenceChat.class,
                  pair ->
                      new PreferenceChat(
                          pair.problem().messages(), reply(pair.chosen()), reply(pair.rejected()))),
              TRL.note("`DPOTrainer`, `CPOTrainer` and `ORPOTrainer` take it " + TEMPLATE + ".")
                  .launch(
                      "trl dpo --model_name_or_path MODEL --dataset_name {out} --output_dir OUT")),
          DatasetFormat.of(
              "trl/preference-implicit",
              "Chosen and rejected texts that begin with the prompt, for RewardTrainer.",
              new PreferencePairs(),
              Rows.of(
                  Implicit.class,
                  pair ->
                      new Implicit(
                          pair.problem().question() + after(pair.chosen()),
                          pair.problem().question() + after(pair.rejected()))),
              TRL.note("`RewardTrainer` takes it as it is.")
                  .launch(
                      "trl reward --model_name_or_path MODEL --dataset_name {out} --output_dir OUT")),
          DatasetFormat.of(
              "trl/preference-implicit-chat",
              "Chosen and rejected conversations, for RewardTrainer.",
              new PreferencePairs(),
              Rows.of(
                  ImplicitChat.class,
                  pair ->
                      new ImplicitChat(
                          dialogue(pair.problem(), pair.chosen()),
                          dialogue(pair.problem(), pair.rejected()))),
              TRL.note("`RewardTrainer` takes it " + TEMPLATE + ".")
                  .launch(
                      "trl reward --model_name_or_path MODEL --dataset_name {out} --output_dir OUT")));

  private record Unpaired(
      @Column(Docs.QUESTION) String prompt,
      @Column("A line end and a solution.") String completion,
      @Column("Whether the consensus calls the solution correct.") boolean label) {}

  private record UnpairedChat(
      @Column(Docs.CONVERSATION) List<Message> prompt,
      @Column("The assistant's turn: a solution.") List<Message> completion,
      @Column("Whether the consensus calls the solution correct.") boolean label) {}

  private record Stepwise(
      @Column("The problem's question and a line end.") String prompt,
      @Column("The steps of a solution.") List<String> completions,
      @Column("For each step, whether the consensus calls it correct.") List<Boolean> labels) {}

  private static final List<DatasetFormat<Labelled>> LABELLED =
      List.of(
          DatasetFormat.of(
              "trl/unpaired",
              "Solutions with a label each, for KTOTrainer.",
              new LabelledSolutions(),
              Rows.some(
                  Unpaired.class,
                  UNDECIDED,
                  item ->
                      item.correctness() == null
                          ? null
                          : new Unpaired(
                              item.problem().question(),
                              after(item.solution().text()),
                              item.correct())),
              TRL.note("`KTOTrainer` takes it as it is.")
                  .launch(
                      "trl kto --model_name_or_path MODEL --dataset_name {out} --output_dir OUT")),
          DatasetFormat.of(
              "trl/unpaired-chat",
              "Solutions as conversations with a label each, for KTOTrainer.",
              new LabelledSolutions(),
              Rows.some(
                  UnpairedChat.class,
                  UNDECIDED,
                  item ->
                      item.correctness() == null
                          ? null
                          : new UnpairedChat(
                              item.problem().messages(),
                              reply(item.solution().text()),
                              item.correct())),
              TRL.note("`KTOTrainer` takes it " + TEMPLATE + ".")
                  .launch(
                      "trl kto --model_name_or_path MODEL --dataset_name {out} --output_dir OUT")),
          // PRMTrainer puts the prompt right before the first step and a line end after every
          // step, so the line end between prompt and first step closes the prompt.
          DatasetFormat.of(
              "trl/stepwise",
              "Steps with their consensus labels, as process-reward data; PRMTrainer of TRL 1.13 trains on them.",
              new LabelledSolutions(),
              Rows.some(
                  Stepwise.class,
                  UNLABELLED,
                  item -> {
                    List<Boolean> verdicts = item.verdicts();
                    return verdicts == null
                        ? null
                        : new Stepwise(
                            item.problem().question() + "\n", item.label().steps(), verdicts);
                  }),
              TRL.note(
                  "TRL trained process-reward models up to 1.13.0: there `PRMTrainer` (`trl.experimental.prm`) takes it as it is, with its default `step_separator` of a line end. Later versions read it as data.")));

  private record PromptOnly(@Column(Docs.QUESTION) String prompt) {}

  private record GradedPrompt(
      @Column(Docs.QUESTION) String prompt, @Column(Docs.ANSWER) String groundTruth) {}

  private record PromptOnlyChat(@Column(Docs.CONVERSATION) List<Message> prompt) {}

  private record GradedChat(
      @Column(Docs.CONVERSATION) List<Message> prompt, @Column(Docs.ANSWER) String groundTruth) {}

  private static final Target ONLINE =
      TRL.note(
              "`GRPOTrainer`, `RLOOTrainer` and `OnlineDPOTrainer` hand every column but `prompt` to the reward functions by name.")
          .launch(
              "trl grpo --model_name_or_path MODEL --dataset_name {out} --reward_funcs MODULE.FUNCTION --output_dir OUT");

  private static final List<DatasetFormat<PromptProblems.Prompt>> PROMPTS =
      List.of(
          DatasetFormat.of(
                  "trl/prompt-only",
                  "Prompts for GRPOTrainer and similar trainers.",
                  new PromptProblems(),
                  Rows.of(PromptOnly.class, item -> new PromptOnly(item.problem().question())),
                  ONLINE)
              .graded(
                  Rows.of(
                      GradedPrompt.class,
                      item -> new GradedPrompt(item.problem().question(), item.reference()))),
          DatasetFormat.of(
                  "trl/prompt-only-chat",
                  "Prompts as conversations, for GRPOTrainer and similar trainers.",
                  new PromptProblems(),
                  Rows.of(
                      PromptOnlyChat.class, item -> new PromptOnlyChat(item.problem().messages())),
                  ONLINE.note("They take it " + TEMPLATE + "."))
              .graded(
                  Rows.of(
                      GradedChat.class,
                      item -> new GradedChat(item.problem().messages(), item.reference()))));

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return Formats.joined(SFT, PREFERENCE, LABELLED, PROMPTS);
  }

  private static String after(String completion) {
    return "\n" + completion;
  }
}
