package org.example.plugin;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.export.items.PromptProblems.Prompt;
import dev.sluice.records.schema.Column;

/** A format of the problems' questions. */
final class Questions {

  /** A row of the export. */
  record Row(@Column("The question.") String question) {}

  static final DatasetFormat<Prompt> FORMAT =
      DatasetFormat.of(
          "example/questions",
          "The questions of the problems, one row per problem.",
          new PromptProblems(),
          Rows.of(Row.class, item -> new Row(item.problem().question())),
          Target.of("", FileType.PARQUET, FileType.JSONL));

  private Questions() {}
}
