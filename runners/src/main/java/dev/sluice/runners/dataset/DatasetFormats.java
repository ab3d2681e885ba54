package dev.sluice.runners.dataset;

import dev.sluice.export.Exporter;
import dev.sluice.export.Exports;
import dev.sluice.records.config.Choices;
import java.util.List;
import java.util.Optional;

/** The formats of datasets, those of plugins included. */
public final class DatasetFormats implements Choices {
  private static final String MODELS = "models";

  /** Called by the reader of files. */
  public DatasetFormats() {}

  @Override
  public List<String> words() {
    return Exports.all().stream()
        .map(Exporter::name)
        // Models are copied out of a finished run; a stage's artifact would hold them twice.
        .filter(name -> !name.equals(MODELS))
        .sorted()
        .toList();
  }

  /** The exporter of a format; empty if there is none. */
  static Optional<Exporter> find(String format) {
    return Exports.all().stream().filter(each -> each.name().equals(format)).findFirst();
  }
}
