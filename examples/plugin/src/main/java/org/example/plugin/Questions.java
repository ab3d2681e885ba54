package org.example.plugin;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.DatasetFormat.Rows;
import dev.sluice.export.items.PromptProblems;
import dev.sluice.export.items.PromptProblems.Prompt;
import dev.sluice.records.schema.Column;

/** A format of the problems' questions. */
final class Questions {

  /** A row of the export. */
  record Row(@Column("The question.") String question) {}

  static final DatasetFormat<Prompt> FORMAT =
      new DatasetFormat<>(
          "example/questions",
          "The questions of the problems, one row per problem.",
          new PromptProblems(),
          new Rows<>(Row.class, item -> new Row(item.problem().question())),
          null,
          "Any loader takes it as it is.");

  private Questions() {}
}
