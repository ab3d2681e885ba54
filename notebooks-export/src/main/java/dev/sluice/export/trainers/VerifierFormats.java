package dev.sluice.export.trainers;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.VerifierExamples;
import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * The label-free process-reward model as data: what a generative verifier is fine-tuned on (SPARK,
 * 2512.03244).
 */
final class VerifierFormats {
  private VerifierFormats() {}

  private record Sft(
      @Column("The judge's prompt: problem, solution and what is asked.") String prompt,
      @Column("The verification that was chosen for it.") String completion) {}

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
            "verifier/sft",
            "Judge prompts with their chosen verifications: the process-reward model as data, for any SFT trainer.",
            new VerifierExamples(),
            Rows.some(
                Sft.class,
                "examples of a classifier, which have no completion",
                lesson ->
                    lesson.example().completion().isEmpty()
                        ? null
                        : new Sft(lesson.example().prompt(), lesson.example().completion())),
            Target.of("TRL 1.16.0", FileType.PARQUET, FileType.JSONL)
                .launch("trl sft --model_name_or_path MODEL --dataset_name {out} --output_dir OUT")
                .note(
                    "`SFTTrainer` takes it as it is; prompt and completion are joined without anything between them.")));
  }
}
