package dev.sluice.runners.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.export.ExportManifest;
import dev.sluice.export.Exports;
import dev.sluice.records.Hashes;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Stage;
import dev.sluice.stages.StageDriver;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;

/** One unit writes the dataset; the driver copies it to {@code out}. */
record ExportWork(ExportConfig config) implements Stage {

  @Override
  public void drive(StageDriver driver) {
    String first = Export.tables(config).get(0);
    Map<String, List<ShardFile>> inputs =
        new TreeMap<>(driver.inputs(Export.tables(config).toArray(String[]::new)));
    inputs.putAll(driver.inputs(Export.PROBLEMS));
    for (int k = 1; !driver.input(evaluation(k)).isEmpty(); k++) {
      inputs.put(evaluation(k), driver.input(evaluation(k)));
    }
    driver.model(
        Objects.requireNonNull(
            driver
                .run("exporting " + first, List.of(Unit.of("export", "export", inputs)))
                .get(0)
                .model()));
  }

  /** The k-th port of an evaluation set, from 1. */
  private static String evaluation(int k) {
    return Export.EVALUATION + (k == 1 ? "" : "_" + k);
  }

  @Override
  public void work(UnitContext context) {
    InputRun inputs = InputRun.of(context, Export.tables(config).get(0));
    long[] rows = new long[1];
    context.saveFolder(
        folder -> {
          try {
            var unused =
                Exports.run(
                    inputs.view(), config.format(), config.request(folder).stage(inputs.stage()));
            ExportManifest manifest = manifest(folder);
            inputs.check(manifest);
            rows[0] = manifest.parts().stream().mapToLong(ExportManifest.Part::rows).sum();
            // Rows name the run that exported them, which is no part of what they are.
            return Hashes.hex("dataset", config.format(), manifest.fingerprint());
          } catch (ExportException e) {
            throw new ExportException(KeyWords.of(String.valueOf(e.getMessage())), e);
          }
        });
    context.count(new Counts(inputs.rows(), rows[0], rows[0], 0, 0));
  }

  private static ExportManifest manifest(Path folder) {
    Path file = folder.resolve(ExportManifest.FILE);
    try {
      return SealedJson.read(Files.readAllBytes(file), file.toString(), ExportManifest.class)
          .orElseThrow(
              () ->
                  new ExportException(
                      "The format wrote no whole %s, without which a stage cannot list its files. 'sluice export' can export it."
                          .formatted(ExportManifest.FILE)));
    } catch (IOException e) {
      throw new UncheckedIOException("The file %s cannot be read.".formatted(file), e);
    }
  }

  @Override
  public void deliver(ModelFolder folder, Supplier<Path> local) {
    if (config.out() != null) {
      new DatasetCopy(folder, local, Path.of(config.out()), config.replace()).place();
    }
  }
}
