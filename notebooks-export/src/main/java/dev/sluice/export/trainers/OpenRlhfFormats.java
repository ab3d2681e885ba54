package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.INCORRECT;
import static dev.sluice.export.trainers.Turns.reply;

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
 * The datasets of OpenRLHF (openrlhf/datasets). All are conversations, for {@code
 * --data.apply_chat_template}.
 */
final class OpenRlhfFormats {
  private static final Target OPENRLHF = Target.of("OpenRLHF 0.11.2", FileType.JSONL);

  private OpenRlhfFormats() {}

  private record Rl(
      @Column(Docs.CONVERSATION) List<Message> input,
      @Column("The reference answer, handed to the reward function; empty if none is exported.")
          String label,
      @Column("Group of evaluation metrics.") String datasource) {

    static Rl of(Prompt item, Place place, String answer) {
      return new Rl(item.problem().messages(), answer, place.option("datasource"));
    }
  }

  private record Rm(
      @Column(Docs.CONVERSATION) List<Message> prompt,
      @Column("The preferred turn.") List<Message> chosen,
      @Column("The other turn.") List<Message> rejected,
      @Column("Score of the preferred solution minus score of the other.") double margin) {}

  private record Sft(
      @Column(Docs.CONVERSATION) List<Message> input,
      @Column("The assistant's turn: a solution that the consensus calls correct.")
          List<Message> output) {}

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
                "openrlhf/rl",
                "Prompts for reinforcement learning with OpenRLHF.",
                new PromptProblems(),
                Rows.placed(Rl.class, (item, place) -> Rl.of(item, place, "")),
                OPENRLHF
                    .loader(
                        "PromptDataset(blending_datasets(\"{train}\", None, strategy), tokenizer, strategy, input_template=None)")
                    .launch(
                        "python3 -m openrlhf.cli.train_ppo_ray --data.prompt_dataset {train} --data.input_key input --data.label_key label --data.apply_chat_template --reward.remote_url reward.py"))
            .graded(Rows.placed(Rl.class, (item, place) -> Rl.of(item, place, item.reference())))
            .option("datasource", "default", "group of evaluation metrics"),
        DatasetFormat.of(
            "openrlhf/rm",
            "Preference pairs with margins for reward models and DPO with OpenRLHF.",
            new PreferencePairs(),
            Rows.of(
                Rm.class,
                pair ->
                    new Rm(
                        pair.problem().messages(),
                        reply(pair.chosen()),
                        reply(pair.rejected()),
                        pair.preference().margin())),
            OPENRLHF
                .loader(
                    "RewardDataset(blending_datasets(\"{train}\", None, strategy), tokenizer, 4096, strategy)")
                .launch(
                    "deepspeed --module openrlhf.cli.train_rm --data.dataset {train} --data.prompt_key prompt --data.chosen_key chosen --data.rejected_key rejected --data.apply_chat_template")),
        DatasetFormat.of(
            "openrlhf/sft",
            "Conversations for supervised fine-tuning with OpenRLHF, from solutions that the consensus calls correct.",
            new LabelledSolutions(),
            Rows.some(
                Sft.class,
                INCORRECT,
                item ->
                    item.correct()
                        ? new Sft(item.problem().messages(), reply(item.solution().text()))
                        : null),
            OPENRLHF
                .loader(
                    "SFTDataset(blending_datasets(\"{train}\", None, strategy), tokenizer, 4096, strategy)")
                .launch(
                    "deepspeed --module openrlhf.cli.train_sft --data.dataset {train} --data.input_key input --data.output_key output --data.apply_chat_template")));
  }
}
