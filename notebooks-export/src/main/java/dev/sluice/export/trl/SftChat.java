package dev.sluice.export.trl;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.LabelledSolutions;
import dev.sluice.export.RunView;
import dev.sluice.records.Message;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.schema.Column;
import java.util.List;

/** {@link Sft} as conversations. */
final class SftChat implements Exporter {
  private record Row(
      @Column("The problem's conversation.") List<Message> prompt,
      @Column("The assistant's turn: a solution that the consensus calls correct.")
          List<Message> completion) {}

  private static final Table<Row> TABLE = Table.of("trl_sft_chat", Row.class);

  @Override
  public String name() {
    return "trl/sft-chat";
  }

  @Override
  public String doc() {
    return "Conversations for SFTTrainer, from solutions that the consensus calls correct.";
  }

  @Override
  public List<String> tables() {
    return LabelledSolutions.TABLES;
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    return new Dataset<>(
            name(),
            "sft-chat",
            TABLE,
            doc(),
            "`SFTTrainer` takes it with a tokenizer that has a chat template.")
        .write(
            source,
            sink ->
                LabelledSolutions.forEach(
                    source,
                    row -> {
                      if (row.correct()) {
                        sink.accept(
                            row.problem().problemId(),
                            new Row(row.problem().messages(), Texts.reply(row.solution().text())));
                      }
                    }));
  }
}
