package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.INCORRECT;
import static dev.sluice.export.trainers.Turns.dialogue;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Place;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.LabelledSolutions;
import dev.sluice.export.items.PreferencePairs;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.export.items.PromptProblems.Prompt;
import dev.sluice.records.Message;
import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * The datasets of verl (docs/preparation/prepare_data.rst, utils/dataset). Its reward managers read
 * {@code data_source} and {@code reward_model.ground_truth} without asking whether they are there,
 * and {@code extra_info.index} tells rows apart, so all three are always written.
 */
final class VerlFormats {
  private static final Target VERL = Target.of("verl 0.9.1", FileType.PARQUET);

  private VerlFormats() {}

  /** How a row is graded. */
  private record RewardModel(
      @Column("How the answer is graded: rule.") String style,
      @Column("The reference answer; empty if none is exported.") String groundTruth) {}

  /** What reward functions get besides the text. */
  private record ExtraInfo(
      @Column("The part of the split.") String split,
      @Column("Number of the row in the export, from 0.") int index,
      @Column("Id of the problem.") String problemId,
      @Column("Id of the run.") String run) {}

  private record Rl(
      @Column("Key of the reward function.") String dataSource,
      @Column("The problem's conversation.") List<Message> prompt,
      @Column("The kind of task.") String ability,
      @Column("How the answer is graded.") RewardModel rewardModel,
      @Column("Where the row came from.") ExtraInfo extraInfo) {

    static Rl of(Prompt item, Place place, String answer) {
      return new Rl(
          place.option("data_source"),
          item.problem().messages(),
          place.option("ability"),
          new RewardModel("rule", answer),
          new ExtraInfo(place.part(), place.index(), item.problemId(), place.run()));
    }
  }

  private record Sft(
      @Column("The problem's conversation and the assistant's turn, a solution called correct.")
          List<Message> messages) {}

  private record Rm(
      @Column("The problem's question.") String prompt,
      @Column("A line end and the preferred solution.") String chosen,
      @Column("A line end and the other solution.") String rejected) {}

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
                "verl/rl",
                "Prompts for reinforcement learning with verl.",
                new PromptProblems(),
                Rows.placed(Rl.class, (item, place) -> Rl.of(item, place, "")),
                VERL.withoutIds()
                    .loader(
                        "RLHFDataset(data_files={train:list}, tokenizer=tokenizer, config=config)  # verl.utils.dataset.rl_dataset")
                    .launch(
                        "python3 -m verl.trainer.main_ppo data.train_files={train:hydra} data.val_files={test:hydra} data.prompt_key=prompt data.return_raw_chat=True reward.custom_reward_function.path=reward.py")
                    .note(
                        "The built-in reward functions know their own `data_source` names, such as `openai/gsm8k`; for any other set `reward.custom_reward_function`, which also gets `extra_info`."))
            .graded(Rows.placed(Rl.class, (item, place) -> Rl.of(item, place, item.reference())))
            .option("data_source", "sluice", "key of the reward function in verl")
            .option("ability", "math", "the kind of task"),
        DatasetFormat.of(
            "verl/sft",
            "Conversations for supervised fine-tuning with verl, from solutions that the consensus calls correct.",
            new LabelledSolutions(),
            Rows.some(
                Sft.class, INCORRECT, item -> item.correct() ? new Sft(dialogue(item)) : null),
            VERL.loader(
                    "MultiTurnSFTDataset({train:list}, tokenizer, config)  # verl.utils.dataset.multiturn_sft_dataset")
                .launch(
                    "torchrun -m verl.trainer.sft_trainer data.train_files={train:hydra} data.val_files={test:hydra} data.messages_key=messages data.max_length=4096 data.truncation=right")
                .note(
                    "By default verl raises on a row of more than `data.max_length` (1024) tokens; the line above sets both.")),
        DatasetFormat.of(
            "verl/rm",
            "Preference pairs for reward models with verl.",
            new PreferencePairs(),
            Rows.of(
                Rm.class,
                pair ->
                    new Rm(
                        pair.problem().question(), "\n" + pair.chosen(), "\n" + pair.rejected())),
            VERL.loader(
                "RMDataset({train:list}, tokenizer, prompt_key=\"prompt\", chosen_key=\"chosen\", rejected_key=\"rejected\")  # verl.utils.dataset.rm_dataset")));
  }
}
