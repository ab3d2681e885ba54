package dev.sluice.stages.synthesis;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Metric;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.StageType.Look;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.synthesis.FileProblems.Fault;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows of a file. */
@Kind(value = "file", doc = "Problems from a JSONL, CSV or Parquet file.")
@Method(
    name = "Problems of a file",
    formula = "one problem for each row; of rows that ask the same, the first")
public record FileSource(
    @Key(value = "Path of the file. Its extension selects the format.", refersTo = Key.FILE)
        String path,
    @Key(
            value =
                "Columns of the file. A dot selects a field of an object. Rows that repeat the question or id of an earlier row are skipped as duplicates.",
            byDefault = "{}")
        Columns columns,
    @Key(value = "Maximum number of rows to read. Default: all.", min = 1) @Nullable Integer limit,
    @Key(
            value = "Format of the problems, which decides default prompts and answer parsing.",
            byDefault = "text",
            choices = {"text", "arithmetic"})
        String format,
    @Key(
            "Dataset whose rows the file has, instead of `columns`. Rows that ask what an earlier row asks are skipped as duplicates; broken lines become dead letters.")
        @Nullable DatasetShape dataset)
    implements ProblemSource {

  /**
   * Which columns of a file are read, each a name.
   *
   * @param referenceAnswer null if there is none, as for difficulty and id
   * @param attributes column by attribute
   */
  public record Columns(
      @Key(value = "Column of the question.", byDefault = "question") String question,
      @Key("Column of the reference answer. Only stages that declare it read this column.")
          @Nullable String referenceAnswer,
      @Key("Column of the difficulty, an integer.") @Nullable String difficulty,
      @Key("Column of the problem id.") @Nullable String id,
      @Key(
              value =
                  "Columns of attributes, by the attribute's name, for rewards and templates that read them. Unlike the reference answer, every stage can read attributes.",
              byDefault = "{}")
          Map<String, String> attributes)
      implements Serializable {
    /** What is read where a file names none. */
    private static final Columns USUAL = new Columns("question", null, null, null, Map.of());

    public Columns {
      attributes = Map.copyOf(attributes);
    }
  }

  @Override
  public List<ConfigMistake> check(String key) {
    for (String name : new TreeSet<>(columns.attributes().keySet())) {
      if (FileProblems.OWN.contains(name)) {
        return List.of(
            new ConfigMistake(
                key + ".columns.attributes." + name,
                "the attribute '%s' is set by Sluice; choose another name".formatted(name)));
      }
    }
    return dataset == null || columns.equals(Columns.USUAL)
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".columns",
                "rows of '%s' have columns of their own; leave 'columns' or 'dataset' out"
                    .formatted(dataset.name())));
  }

  @Override
  public Look look() {
    if (dataset != null) {
      return DatasetLook.at(path, "source.path", limit, dataset, dataset::problem);
    }
    String at = "source.columns.";
    List<FileColumn> read =
        new ArrayList<>(
            FileColumn.all(
                FileColumn.everyRow(at + "question", columns.question()),
                FileColumn.optional(at + "reference_answer", columns.referenceAnswer()),
                FileColumn.optional(at + "difficulty", columns.difficulty()),
                FileColumn.optional(at + "id", columns.id())));
    new TreeMap<>(columns.attributes())
        .forEach((name, column) -> read.add(FileColumn.someRow(at + "attributes." + name, column)));
    return FileLook.at(path, "source.path", limit, read);
  }

  private IndexedRows rows() {
    RowKey key = dataset == null ? new RowKey.OfProblem(this) : new RowKey.OfDataset(dataset);
    return IndexedRows.of(Path.of(path), limit, key);
  }

  @Override
  public Cut cut(int shardProblems) {
    IndexedRows rows = rows();
    Optional<String> warning =
        rows.repeated() == 0
            ? Optional.empty()
            : Optional.of(
                "%d of %d rows of '%s' ask what an earlier row asks and are left out as duplicates. If they hold further solutions, SampleSolutions reads these: file: {path: ..., %s}."
                    .formatted(
                        rows.repeated(),
                        rows.count(),
                        path,
                        dataset == null ? "solutions: COLUMN" : "dataset: " + dataset.name()));
    return new Cut(
        shards(rows, shardProblems),
        List.of(Metric.of(SynthesizeProblems.NAME, 0, 0, "problems/duplicates", rows.repeated())),
        warning);
  }

  /** Shards with the same number of problems, each over the rows up to the next one's first. */
  private static List<Rows> shards(IndexedRows rows, int shardProblems) {
    List<Rows> shards = new ArrayList<>();
    int from = 0;
    int problems = 0;
    for (int row = 0; row < rows.count(); row++) {
      if (rows.repeats(row)) {
        continue;
      }
      if (problems == shardProblems) {
        shards.add(new Rows(from, row));
        from = row;
        problems = 0;
      }
      problems++;
    }
    if (problems > 0) {
      shards.add(new Rows(from, rows.count()));
    }
    return shards;
  }

  @Override
  public Counts write(UnitContext context, int from, int to) {
    IndexedRows rows = rows();
    int[] dead = new int[1];
    SortedSet<Integer> own =
        IntStream.range(from, to)
            .filter(row -> !rows.repeats(row))
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));
    rows.forEach(
        own,
        (row, index) -> {
          Fault fault = FileProblems.fault(this, row);
          if (fault == null) {
            context.write(Tables.PROBLEMS, FileProblems.problem(this, row, index));
          } else {
            context.dead(letter(row, index, fault));
            dead[0]++;
          }
        });
    return new Counts(0, own.size(), own.size() - dead[0], dead[0], 0);
  }

  private DeadLetter letter(FileRow row, int index, Fault fault) {
    String place = dataset == null ? "row %d (from 0)".formatted(index) : row.place();
    return DeadLetter.of(
        row.toString(),
        "Reading problems: %s %s.".formatted(place, fault.what()),
        SynthesizeProblems.NAME,
        "row-" + index,
        fault.kind());
  }
}
