package dev.sluice.export.trainers;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Place;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.export.items.PromptProblems.Prompt;
import dev.sluice.records.Message;
import dev.sluice.records.schema.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prompts for trainers that take nothing else: SkyRL, NeMo-Gym and slime. */
final class RlFormats {

  private RlFormats() {}

  /** How SkyRL grades a row. */
  private record RewardSpec(
      @Column("How the answer is graded: rule.") String method,
      @Column(Docs.ANSWER_IF_ANY) String groundTruth) {}

  /** What SkyRL's environments get besides. */
  private record ExtraInfo(
      @Column("The part of the split.") String split,
      @Column("Number of the row in the export, from 0.") int index) {}

  private record SkyRl(
      @Column("Name of the dataset.") String dataSource,
      @Column(Docs.CONVERSATION) List<Message> prompt,
      @Column("Name of the environment.") String envClass,
      @Column("How the answer is graded.") RewardSpec rewardSpec,
      @Column("Where the row came from.") ExtraInfo extraInfo) {

    static SkyRl of(Prompt item, Place place, String answer) {
      return new SkyRl(
          place.option("data_source"),
          item.problem().messages(),
          place.option("env_class"),
          new RewardSpec("rule", answer),
          new ExtraInfo(place.part(), place.index()));
    }
  }

  /** What NeMo-Gym sends to the model. */
  private record Params(@Column(Docs.CONVERSATION) List<Message> input) {}

  private record NemoGym(
      @Column("What is sent to the model.") Params responsesCreateParams,
      @Column("The problem's question, for the verifier.") String question) {}

  private record NemoGymGraded(
      @Column("What is sent to the model.") Params responsesCreateParams,
      @Column("The problem's question, for the verifier.") String question,
      @Column("The reference answer, for the verifier.") String expectedAnswer) {}

  /** What slime hands to reward functions besides. */
  private record Metadata(
      @Column("Id of the problem.") String problemId,
      @Column("Id of the run.") String run,
      @Column("Name of the reward function; null for the one of the command line.")
          @Nullable String rmType) {}

  private record Slime(
      @Column(Docs.CONVERSATION) List<Message> prompt,
      @Column(Docs.ANSWER_IF_ANY) String label,
      @Column("What reward functions get besides.") Metadata metadata) {

    static Slime of(Prompt item, Place place, String answer) {
      String type = place.option("rm_type");
      return new Slime(
          item.problem().messages(),
          answer,
          new Metadata(item.problemId(), place.run(), type.isEmpty() ? null : type));
    }
  }

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
                "skyrl/rl",
                "Prompts for reinforcement learning with SkyRL.",
                new PromptProblems(),
                Rows.placed(SkyRl.class, (item, place) -> SkyRl.of(item, place, "")),
                Target.of("SkyRL 0.3.0", FileType.PARQUET)
                    .loader("PromptDataset({train:list}, tokenizer, 1024)  # skyrl.train.dataset")
                    .launch(
                        "python -m skyrl.train.entrypoints.main_base data.train_data={train:hydra} data.val_data={test:hydra}")
                    .note("Environments get every column but `prompt` and `env_class` as extras."))
            .graded(
                Rows.placed(SkyRl.class, (item, place) -> SkyRl.of(item, place, item.reference())))
            .option("data_source", "sluice", "name of the dataset")
            .option("env_class", "gsm8k", "name of the environment"),
        DatasetFormat.of(
                "nemo-gym/rl",
                "Prompts for NeMo-Gym, NeMo-RL, verifiers and prime-rl.",
                new PromptProblems(),
                Rows.of(
                    NemoGym.class,
                    item ->
                        new NemoGym(
                            new Params(item.problem().messages()), item.problem().question())),
                Target.of("verifiers 0.4.0", FileType.JSONL)
                    .ofOneFile()
                    .note(
                        "NeMo-RL reads it as `nemogym_dataset`, verifiers and prime-rl by the taskset `nemo_gym`; the verifier gets the whole row."))
            .graded(
                Rows.of(
                    NemoGymGraded.class,
                    item ->
                        new NemoGymGraded(
                            new Params(item.problem().messages()),
                            item.problem().question(),
                            item.reference()))),
        DatasetFormat.of(
                "slime/rl",
                "Prompts for reinforcement learning with slime.",
                new PromptProblems(),
                Rows.placed(Slime.class, (item, place) -> Slime.of(item, place, "")),
                Target.of("slime (rules of its sources)", FileType.JSONL)
                    .withoutIds()
                    .ofOneFile()
                    .launch(
                        "python3 train.py --prompt-data {train} --input-key prompt --label-key label --metadata-key metadata --apply-chat-template"))
            .graded(
                Rows.placed(Slime.class, (item, place) -> Slime.of(item, place, item.reference())))
            .option("rm_type", "", "name of slime's reward function; empty for --rm-type"));
  }
}
