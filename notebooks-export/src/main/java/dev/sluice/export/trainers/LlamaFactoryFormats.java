package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.INCORRECT;
import static dev.sluice.export.trainers.Turns.UNDECIDED;
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
import dev.sluice.records.json.Json;
import dev.sluice.records.schema.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The datasets of LLaMA-Factory (data/README.md), each with the {@code dataset_info.json} that
 * names its columns: what that file does not name, LLaMA-Factory does not read. Conversations are
 * {@code sharegpt} with the tags of roles; {@code openai} would add a system prompt of its own.
 */
final class LlamaFactoryFormats {
  private static final Map<String, Object> TAGS =
      Map.of(
          "role_tag", "role",
          "content_tag", "content",
          "user_tag", "user",
          "assistant_tag", "assistant",
          "system_tag", "system");

  private LlamaFactoryFormats() {}

  private record Sft(
      @Column("The problem's conversation and the assistant's turn, a solution called correct.")
          List<Message> messages) {}

  private record Alpaca(
      @Column("The problem's question.") String instruction,
      @Column("Nothing.") String input,
      @Column("A solution that the consensus calls correct.") String output,
      @Column("The system prompt; empty if there is none.") String system) {}

  private record Preference(
      @Column("The problem's conversation.") List<Message> messages,
      @Column("The preferred turn.") Message chosen,
      @Column("The other turn.") Message rejected) {}

  private record Kto(
      @Column("The problem's conversation and the assistant's turn, a solution.")
          List<Message> messages,
      @Column("Whether the consensus calls the solution correct.") boolean ktoTag) {}

  /** The names of the columns, by the names that LLaMA-Factory gives them. */
  private static Target target(
      String stage, String formatting, boolean ranking, Map<String, String> columns) {
    return Target.of("LLaMA-Factory 0.9.5", FileType.JSONL)
        .sideFiles(
            delivered -> Map.of("dataset_info.json", info(delivered, formatting, ranking, columns)))
        .loader("load_dataset(\"json\", data_files={\"train\": \"{train:*}\"})  # `datasets`")
        .launch(
            "llamafactory-cli train --stage "
                + stage
                + " --do_train --dataset_dir {out} --dataset {kind}_train --model_name_or_path MODEL --template TEMPLATE --output_dir OUT")
        .note(
            "`dataset_info.json` names the datasets, one for each part. LLaMA-Factory skips rows that it cannot read with a warning: compare its count with the table below.");
  }

  private static String info(
      Delivered delivered, String formatting, boolean ranking, Map<String, String> columns) {
    Map<String, Object> datasets = new LinkedHashMap<>();
    delivered
        .parts()
        .forEach(
            (part, place) -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("file_name", place);
              entry.put("formatting", formatting);
              if (ranking) {
                entry.put("ranking", true);
              }
              entry.put("columns", columns);
              if (formatting.equals("sharegpt")) {
                entry.put("tags", TAGS);
              }
              datasets.put(delivered.kind() + "_" + part, entry);
            });
    return Json.pretty(datasets);
  }

  private static Map<String, String> columns(String... names) {
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i += 2) {
      columns.put(names[i], names[i + 1]);
    }
    return columns;
  }

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
            "llama-factory/sft",
            "Conversations (sharegpt) for LLaMA-Factory, from solutions that the consensus calls correct.",
            new LabelledSolutions(),
            Rows.some(
                Sft.class, INCORRECT, item -> item.correct() ? new Sft(dialogue(item)) : null),
            target("sft", "sharegpt", false, columns("messages", "messages"))),
        DatasetFormat.of(
            "llama-factory/alpaca",
            "Instruction and output (alpaca) for LLaMA-Factory, from solutions that the consensus calls correct.",
            new LabelledSolutions(),
            Rows.some(
                Alpaca.class,
                INCORRECT + ", and solutions of problems with several turns",
                item ->
                    item.correct() && Turns.isSingleTurn(item.problem())
                        ? new Alpaca(
                            item.problem().question(),
                            "",
                            item.solution().text(),
                            Turns.system(item.problem()))
                        : null),
            target(
                "sft",
                "alpaca",
                false,
                columns(
                    "prompt",
                    "instruction",
                    "query",
                    "input",
                    "response",
                    "output",
                    "system",
                    "system"))),
        DatasetFormat.of(
            "llama-factory/preference",
            "Preference pairs (sharegpt) for reward models, DPO, ORPO and SimPO with LLaMA-Factory.",
            new PreferencePairs(),
            Rows.of(
                Preference.class,
                pair ->
                    new Preference(
                        pair.problem().messages(),
                        assistant(pair.chosen()),
                        assistant(pair.rejected()))),
            target(
                "rm",
                "sharegpt",
                true,
                columns("messages", "messages", "chosen", "chosen", "rejected", "rejected"))),
        DatasetFormat.of(
            "llama-factory/kto",
            "Solutions with a label each (sharegpt) for KTO with LLaMA-Factory.",
            new LabelledSolutions(),
            Rows.some(
                Kto.class,
                UNDECIDED,
                item ->
                    item.correctness() == null ? null : new Kto(dialogue(item), item.correct())),
            target(
                "kto", "sharegpt", false, columns("messages", "messages", "kto_tag", "kto_tag"))));
  }
}
