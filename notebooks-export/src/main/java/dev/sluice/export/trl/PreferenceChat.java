package dev.sluice.export.trl;

import dev.sluice.export.Dataset;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.RunView;
import dev.sluice.records.Message;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.schema.Column;
import java.util.List;

/** {@link PreferencePairs} as conversations. */
final class PreferenceChat implements Exporter {
  private record Row(
      @Column("The problem's conversation.") List<Message> prompt,
      @Column("The preferred turn.") List<Message> chosen,
      @Column("The other turn.") List<Message> rejected) {}

  private static final Table<Row> TABLE = Table.of("trl_preference_chat", Row.class);

  @Override
  public String name() {
    return "trl/preference-chat";
  }

  @Override
  public String doc() {
    return "Preference pairs as conversations, for DPOTrainer and similar trainers.";
  }

  @Override
  public List<String> tables() {
    return List.of("preferences", "problems");
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    ExportSource source = new ExportSource(run, request, name());
    return new Dataset<>(
            name(),
            "preference-chat",
            TABLE,
            doc(),
            "`DPOTrainer`, `CPOTrainer` and `ORPOTrainer` take it with a tokenizer that has a chat template.")
        .write(
            source,
            sink ->
                Pairs.forEach(
                    source,
                    pair ->
                        sink.accept(
                            pair.problem().problemId(),
                            new Row(
                                pair.problem().messages(),
                                Texts.reply(pair.chosen()),
                                Texts.reply(pair.rejected())))));
  }
}
