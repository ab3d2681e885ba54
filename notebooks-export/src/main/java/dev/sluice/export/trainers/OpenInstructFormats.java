package dev.sluice.export.trainers;

import static dev.sluice.export.trainers.Turns.dialogue;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.PreferencePairs;
import dev.sluice.export.items.ProblemRubrics;
import dev.sluice.export.items.ProblemRubrics.Graded;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.records.Criterion;
import dev.sluice.records.Message;
import dev.sluice.records.json.Json;
import dev.sluice.records.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The datasets of open-instruct (dataset_transformation.py, ground_truth_utils.py). */
final class OpenInstructFormats {
  private static final Target OPEN_INSTRUCT =
      Target.of("open-instruct (rules of its sources)", FileType.PARQUET, FileType.JSONL);

  private OpenInstructFormats() {}

  private record Rlvr(
      @Column("The problem's conversation.") List<Message> messages,
      @Column("What the verifier compares with.") String groundTruth,
      @Column("Name of the verifier.") String dataset) {}

  private record Preference(
      @Column("The conversation and the preferred turn.") List<Message> chosen,
      @Column("The conversation and the other turn.") List<Message> rejected) {}

  /** The text that the rubric verifier parses. */
  private static String rubric(Graded item) {
    List<Object> rubrics = new ArrayList<>();
    for (Criterion criterion : item.rubric().criteria()) {
      rubrics.add(Json.object("description", criterion.text(), "weight", criterion.weight()));
    }
    Map<String, ?> text = Json.object("query", item.problem().question(), "rubrics", rubrics);
    return Json.compact(text);
  }

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.needingReference(
                "open-instruct/rlvr",
                "Prompts with reference answers for RLVR with open-instruct.",
                new PromptProblems(),
                Rows.placed(
                    Rlvr.class,
                    (item, place) ->
                        new Rlvr(
                            item.problem().messages(), item.reference(), place.option("verifier"))),
                OPEN_INSTRUCT.launch(
                    "python open_instruct/grpo_fast.py --dataset_mixer_list {train} 1.0 --dataset_mixer_list_splits train"))
            .option("verifier", "math", "open-instruct's verifier, such as math or gsm8k"),
        DatasetFormat.of(
            "open-instruct/rubric",
            "Prompts with rubrics for open-instruct's rubric verifier.",
            new ProblemRubrics(),
            Rows.of(
                Rlvr.class, item -> new Rlvr(item.problem().messages(), rubric(item), "rubric")),
            OPEN_INSTRUCT.note(
                "Where rubrics are made for solutions, a problem has a row for each. The verifier takes the answer from the last `<answer>` tag and asks a model about each criterion.")),
        DatasetFormat.of(
            "open-instruct/preference",
            "Preference pairs as whole dialogues for open-instruct.",
            new PreferencePairs(),
            Rows.of(
                Preference.class,
                pair ->
                    new Preference(
                        dialogue(pair.problem(), pair.chosen()),
                        dialogue(pair.problem(), pair.rejected()))),
            OPEN_INSTRUCT.launch(
                "python open_instruct/dpo_tune_cache.py --mixer_list {train} 1.0")));
  }
}
