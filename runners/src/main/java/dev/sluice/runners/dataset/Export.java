package dev.sluice.runners.dataset;

import dev.sluice.export.Exporter;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.Wiring.Port;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a dataset for a trainer. The files are the artifact; {@code out} is a copy of them. Why it
 * works as it does: {@code docs/decisions/export-stage.md}.
 */
final class Export implements StageType<ExportConfig> {
  static final String NAME = "Export";

  /** Problems that stages of the file evaluate on. */
  static final String EVALUATION = "evaluation";

  static final String PROBLEMS = "problems";

  /** The option of the formats {@code table/...} that names what they read. */
  private static final String TABLE = "table";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String doc() {
    return "Writes a dataset for a trainer, from the tables that its format reads.";
  }

  @Override
  public String reads() {
    return "the tables of its format and the problems that stages of the file evaluate on";
  }

  @Override
  public int behaviourVersion() {
    return 1;
  }

  @Override
  public Class<ExportConfig> configType() {
    return ExportConfig.class;
  }

  @Override
  public Wiring wiring(ExportConfig config) {
    List<String> tables = tables(config);
    if (tables.isEmpty()) {
      return Wiring.tables(List.of());
    }
    String first = tables.get(0);
    List<Port> ports = new ArrayList<>();
    ports.add(Port.required(first));
    // The split, too, goes by the problems of the rows.
    Set<String> others = new LinkedHashSet<>(tables);
    others.add(PROBLEMS);
    others.remove(first);
    others.forEach(table -> ports.add(Port.following(table, table, first + "." + table)));
    if (!config.keepEvaluationProblems()) {
      ports.add(Port.evaluated(EVALUATION, PROBLEMS));
    }
    Wiring wiring = Wiring.tables(ports);
    // No label or reward rests on references that are written out, as no stage reads them here.
    return config.withReference() ? wiring.evaluating() : wiring;
  }

  /** The tables that the format reads, the one that decides the rows first. */
  static List<String> tables(ExportConfig config) {
    List<String> read =
        DatasetFormats.find(config.format()).map(Exporter::tables).orElse(List.of());
    String named = config.options().get(TABLE);
    boolean known = named != null && Tables.all().stream().map(Table::name).anyMatch(named::equals);
    return !read.isEmpty() ? read : known ? List.of(named) : List.of();
  }

  @Override
  public List<Object> services(ExportConfig config) {
    return DatasetFormats.find(config.format()).map(List::<Object>of).orElse(List.of());
  }

  @Override
  public List<ConfigMistake> check(ExportConfig config) {
    return new ExportCheck(config).mistakes();
  }

  @Override
  public Look look(ExportConfig config) {
    return config.out() == null
        ? Look.NOTHING
        : new Look(DatasetCopy.mistakes(config.out(), config.replace()), List.of());
  }

  @Override
  public List<ConfigMistake> warnings(ExportConfig config, List<Record> earlier) {
    boolean taken =
        config.out() != null
            && earlier.stream()
                .anyMatch(
                    each -> each instanceof ExportConfig other && config.out().equals(other.out()));
    return taken
        ? List.of(
            new ConfigMistake(
                "out", "an earlier stage copies its dataset to the same folder; name another"))
        : List.of();
  }

  @Override
  public Stage stage(ExportConfig config) {
    return new ExportWork(config);
  }
}
