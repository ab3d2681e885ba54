package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.INCORRECT;
import static dev.sluice.export.trainers.Turns.UNLABELLED;
import static dev.sluice.export.trainers.Turns.assistant;
import static dev.sluice.export.trainers.Turns.dialogue;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.format.Target.Delivered;
import dev.sluice.export.items.LabelledSolutions;
import dev.sluice.export.items.PreferencePairs;
import dev.sluice.records.Message;
import dev.sluice.records.schema.Column;
import java.util.List;
import java.util.Map;

/**
 * The datasets of Axolotl (docs/dataset-formats), each with {@code axolotl.yaml}, the part of a
 * config that reads it.
 */
final class AxolotlFormats {
  private AxolotlFormats() {}

  private record Sft(
      @Column("The problem's conversation and the assistant's turn, a solution called correct.")
          List<Message> messages) {}

  private record Dpo(
      @Column("The problem's conversation.") List<Message> messages,
      @Column("The preferred turn.") Message chosen,
      @Column("The other turn.") Message rejected) {}

  private record Reward(
      @Column("The system prompt; empty if there is none.") String system,
      @Column("The problem's question.") String input,
      @Column("The preferred solution.") String chosen,
      @Column("The other solution.") String rejected) {}

  private record Stepwise(
      @Column("The problem's question and a line end.") String prompt,
      @Column("The steps of a solution.") List<String> completions,
      @Column("For each step, whether the consensus calls it correct.") List<Boolean> labels) {}

  /**
   * How Axolotl reads the rows.
   *
   * @param more lines of the config besides its datasets
   */
  private static Target target(String type, String entry, String more) {
    return Target.of("Axolotl 0.19.0", FileType.JSONL)
        .sideFiles(delivered -> Map.of("axolotl.yaml", config(delivered, type, entry, more)))
        .loader("load_dataset(\"json\", data_files={\"train\": \"{train:*}\"})  # `datasets`")
        .launch("axolotl train CONFIG.yaml")
        .note(
            "Put the lines of `axolotl.yaml` into the config; its paths are relative to this folder.");
  }

  private static String config(Delivered delivered, String type, String entry, String more) {
    StringBuilder text = new StringBuilder(more);
    int[] place = new int[1];
    delivered
        .parts()
        .forEach(
            (part, path) -> {
              text.append(place[0] == 0 ? "datasets:\n" : place[0] == 1 ? "test_datasets:\n" : "");
              text.append("  - path: ").append(path).append('\n');
              text.append("    ds_type: json\n    split: train\n");
              text.append("    type: ").append(type).append('\n').append(entry);
              place[0]++;
            });
    return text.toString();
  }

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
            "axolotl/sft",
            "Conversations (chat_template) for Axolotl, from solutions that the consensus calls correct.",
            new LabelledSolutions(),
            Rows.some(
                Sft.class, INCORRECT, item -> item.correct() ? new Sft(dialogue(item)) : null),
            target("chat_template", "    field_messages: messages\n", "")),
        DatasetFormat.of(
            "axolotl/dpo",
            "Preference pairs (chat_template.default) for DPO with Axolotl.",
            new PreferencePairs(),
            Rows.of(
                Dpo.class,
                pair ->
                    new Dpo(
                        pair.problem().messages(),
                        assistant(pair.chosen()),
                        assistant(pair.rejected()))),
            target("chat_template.default", "", "rl: dpo\n")),
        DatasetFormat.of(
            "axolotl/reward",
            "Preference pairs (bradley_terry) for reward models with Axolotl, of single questions without a system prompt.",
            new PreferencePairs(),
            Rows.some(
                Reward.class,
                "pairs of problems with a system prompt or with several turns, which bradley_terry cannot hold",
                pair ->
                    pair.problem().messages().size() == 1
                        ? new Reward("", pair.problem().question(), pair.chosen(), pair.rejected())
                        : null),
            target(
                    "bradley_terry.chat_template",
                    "    drop_system_message: true\n",
                    "reward_model: true\n")
                .note(
                    "Axolotl reads the column `system` and makes an empty system turn of an empty text; `drop_system_message` takes that out.")),
        DatasetFormat.of(
            "axolotl/stepwise",
            "Steps with their consensus labels (stepwise_supervised) for process-reward models with Axolotl.",
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
            target(
                    "stepwise_supervised",
                    "    step_separator: \"\\n\"\n",
                    "process_reward_model: true\nmodel_type: AutoModelForTokenClassification\nnum_labels: 2\n")
                .note(
                    "Training a process-reward model needs TRL 1.13.0 or earlier beside Axolotl.")));
  }
}
