package dev.sluice.export.trl;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.RunView;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.schema.Column;
import java.util.List;

/** {@link PromptOnly} as conversations. */
final class PromptOnlyChat implements Exporter {
  private static final String USE =
      "`GRPOTrainer`, `RLOOTrainer` and `OnlineDPOTrainer` take it with a tokenizer that has a chat template; they hand every other column to the reward functions by name.";

  private record Row(@Column("The problem's conversation.") List<Message> prompt) {}

  private record GradedRow(
      @Column("The problem's conversation.") List<Message> prompt,
      @Column("The reference answer.") String groundTruth) {}

  private static final Table<Row> TABLE = Table.of("trl_prompt_only_chat", Row.class);

  private static final Table<GradedRow> GRADED = Table.of("trl_prompt_only_chat", GradedRow.class);

  @Override
  public String name() {
    return "trl/prompt-only-chat";
  }

  @Override
  public String doc() {
    return "Prompts as conversations, for GRPOTrainer and similar trainers.";
  }

  @Override
  public List<String> tables() {
    return List.of("problems");
  }

  @Override
  public boolean takesReferences() {
    return true;
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    if (request.reference()) {
      return new Dataset<>(name(), "prompt-only-chat", GRADED, doc(), USE)
          .write(
              source,
              sink ->
                  Prompts.forEach(
                      source,
                      problem ->
                          sink.accept(
                              problem.problemId(),
                              new GradedRow(problem.messages(), Prompts.reference(problem)))));
    }
    return new Dataset<>(name(), "prompt-only-chat", TABLE, doc(), USE)
        .write(
            source,
            sink ->
                Prompts.forEach(
                    source,
                    (Problem problem) ->
                        sink.accept(problem.problemId(), new Row(problem.messages()))));
  }
}
