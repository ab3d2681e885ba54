package dev.sluice.export.dataset;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportException;
import dev.sluice.export.ExportManifest;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Split;
import dev.sluice.export.TextFiles;
import dev.sluice.export.format.Place;
import dev.sluice.export.items.ItemSource;
import dev.sluice.export.screen.Screen;
import dev.sluice.export.scrub.Scrubber;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.RowFilter;
import dev.sluice.records.RowFilterException;
import dev.sluice.records.parquet.Row;
import dev.sluice.records.parquet.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dataset: for each part of the split its files, then a card and a manifest. Same rows,
 * same bytes. An export that fails leaves no file of its own.
 *
 * @param <I> what a row is made of
 */
public final class DatasetWriter<I extends ItemSource.Item> {
  private final Dataset<I> dataset;
  private final ExportSource source;
  private final ExportRequest request;
  private final @Nullable RowFilter where;
  private final DatasetLayout layout;
  private final Table<Row> table;
  private final @Nullable Scrubber scrubber;
  private int index;
  private long looked;

  /**
   * A writer.
   *
   * @param whole what is written, with all its columns
   * @param source what the rows come from
   */
  public DatasetWriter(Dataset<I> whole, ExportSource source) {
    this.source = source;
    this.request = source.request();
    this.dataset = whole.columns(request.rows().columns());
    this.where = condition(request.rows().where());
    boolean append = request.mode() == ExportRequest.Mode.APPEND;
    this.layout =
        new DatasetLayout(
            request.out(),
            dataset.format(),
            dataset.kind(),
            dataset.target().files(),
            request.shards() == null && append ? Integer.valueOf(1) : request.shards());
    if (layout.sharded() != null && dataset.target().oneFile()) {
      throw new ExportException(
          "The format '%s' is for a trainer that takes one file, so neither --shards nor --append is possible. Leave it out."
              .formatted(dataset.format()));
    }
    this.table = Table.of(dataset.format().replaceAll("[/-]", "_"), dataset.rows().columns());
    this.scrubber = request.scrub() ? new Scrubber() : null;
  }

  private static @Nullable RowFilter condition(@Nullable String text) {
    try {
      return text == null ? null : RowFilter.of(text);
    } catch (RowFilterException e) {
      throw new ExportException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Writes the dataset. */
  public ExportReport write() {
    List<PartWriter> parts = new ArrayList<>();
    try {
      EarlierExport earlier = EarlierExport.of(request, dataset);
      index = (int) earlier.rows();
      ProblemParts problems = problems(earlier);
      Selection.Taken taken = taken(problems, earlier);
      for (Split.Part part : request.split().parts()) {
        parts.add(PartWriter.open(layout, part, table, earlier));
      }
      problems.count(source);
      items(
          problems,
          earlier,
          (item, part) -> {
            if (taken.test(part, item.correctness(), item.id())) {
              add(parts.get(part), item, part);
            }
          });
      refuseEmpty(parts, earlier);
      DatasetFiles files = new DatasetFiles(dataset, source, layout, parts, problems, earlier);
      publish(parts);
      files.writeDescription(scrubber == null ? null : scrubber.counts());
      return new ExportReport(
          dataset.format(),
          files.reported(),
          source.leftOut(),
          files.loader(request.out().toString()),
          files.launch(request.out().toString()));
    } catch (IOException e) {
      throw failed(e);
    } catch (UncheckedIOException e) {
      throw failed(e.getCause());
    } finally {
      discard(parts);
    }
  }

  private ProblemParts problems(EarlierExport earlier) {
    Artifact table = dataset.items().problems(source).orElse(null);
    Screen screen = EvaluationSets.screen(request.problems(), source, table);
    boolean append = request.mode() == ExportRequest.Mode.APPEND;
    boolean free = !append && request.split().parts().size() == 1 && screen.sets().isEmpty();
    return ProblemParts.of(
        request.problems(),
        free ? null : table,
        screen,
        append ? earlier : null,
        text -> scrubber == null ? text : new Scrubber().scrub(text),
        request.progress());
  }

  /** Passes every item that is asked for, with the index of its part. */
  private void items(ProblemParts problems, EarlierExport earlier, ObjIntConsumer<I> consumer) {
    dataset
        .items()
        .forEach(
            source,
            item -> {
              request.progress().accept(++looked);
              int part = problems.part(item.problemId());
              if (part == ProblemParts.NONE) {
                source.leftOut("rows of problems that are left out", 1);
              } else if (earlier.has(item.problemId())) {
                source.leftOut("rows of problems that were exported before", 1);
              } else if (where == null || matches(where, item)) {
                consumer.accept(item, part);
              }
            });
  }

  private boolean matches(RowFilter filter, I item) {
    try {
      if (filter.test(Fields.of(item.parts()))) {
        return true;
      }
    } catch (RowFilterException e) {
      throw new ExportException(String.valueOf(e.getMessage()), e);
    }
    source.leftOut("rows that --where leaves out", 1);
    return false;
  }

  private Selection.Taken taken(ProblemParts problems, EarlierExport earlier) {
    if (!Selection.isAsked(request.rows())) {
      return (part, correctness, id) -> true;
    }
    Selection selection = new Selection(request.rows());
    items(
        problems,
        earlier,
        (item, part) -> {
          if (row(item, part) != null) {
            selection.add(part, item.correctness(), item.id());
          }
        });
    // The second pass counts once more what the first has counted.
    source.forgetCounts();
    return selection.taken(source::leftOut);
  }

  private @Nullable Row row(I item, int part) {
    return dataset
        .rows()
        .row(
            item,
            new Place(
                source.run().runId(),
                request.split().parts().get(part).name(),
                index,
                dataset.options()));
  }

  private void add(PartWriter writer, I item, int part) {
    Row row = row(item, part);
    if (row == null) {
      source.leftOut(String.valueOf(dataset.leavesOut()), 1);
      return;
    }
    if (scrubber != null) {
      scrub(row, scrubber);
    }
    ValueCheck.check(row, table.columns(), item.id());
    writer.add(item.problemId(), row);
    index++;
  }

  /** Ids are hashes, in which nothing is anybody's. */
  private void scrub(Row row, Scrubber with) {
    @Nullable Object[] values = row.values();
    for (int i = 0; i < values.length; i++) {
      String name = table.columns().get(i).name();
      if (!name.equals("run") && !name.equals("id") && !name.endsWith("_id")) {
        values[i] = with.scrubValue(values[i]);
      }
    }
  }

  /** A trainer fails late on a dataset or a split without rows, and says less. */
  private void refuseEmpty(List<PartWriter> parts, EarlierExport earlier) {
    if (parts.stream().allMatch(part -> part.rows() == 0)) {
      throw source.empty();
    }
    for (PartWriter part : parts) {
      if (part.rows() == 0) {
        throw new ExportException(
            "The part '%s' of the split %s has no rows: none of the %d problems falls in it. Export more problems, or give it a larger share."
                .formatted(
                    part.part().name(),
                    request.split(),
                    parts.stream().mapToLong(PartWriter::problems).sum()));
      }
      if (earlier.isThere() && part.written().isEmpty()) {
        part.dropFiles();
      } else if (part.hasEmptyShards()) {
        throw new ExportException(
            "The part '%s' has rows of %d problems, which cannot fill %d shards, as all rows of a problem are in one. Use fewer --shards."
                .formatted(part.part().name(), part.written().size(), layout.shards()));
      }
    }
  }

  private void publish(List<PartWriter> parts) throws IOException {
    for (PartWriter part : parts) {
      part.close();
    }
    if (request.mode() != ExportRequest.Mode.APPEND) {
      // A folder without a manifest is no export, until all files of the new one are in place.
      Files.deleteIfExists(request.out().resolve(ExportManifest.FILE));
    }
    for (PartWriter part : parts) {
      part.publish();
    }
  }

  private void discard(List<PartWriter> parts) {
    for (PartWriter part : parts) {
      part.discard();
    }
    layout.folders(request.split().parts()).forEach(TextFiles::removeIfEmpty);
  }

  private ExportException failed(@Nullable IOException e) {
    return new ExportException(
        "Exporting %s to %s failed: %s. Free space or name another folder, and export again."
            .formatted(
                dataset.format(),
                request.out(),
                e == null ? "the cause is not known" : RegularFiles.why(e)),
        e);
  }
}
