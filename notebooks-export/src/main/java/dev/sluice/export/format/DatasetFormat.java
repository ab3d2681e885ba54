package dev.sluice.export.format;

import dev.sluice.export.ExportException;
import dev.sluice.export.ExportReport;
import dev.sluice.export.ExportRequest;
import dev.sluice.export.ExportSource;
import dev.sluice.export.Exporter;
import dev.sluice.export.RunView;
import dev.sluice.export.dataset.Dataset;
import dev.sluice.export.dataset.DatasetWriter;
import dev.sluice.export.items.ItemSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A format of training datasets: what its rows are made of, and the record that is a row. Its files
 * are named after the part of the name behind the slash.
 *
 * @param name the name on the command line, such as {@code trl/sft}
 * @param doc one sentence that says what it writes and for whom
 * @param items what the rows are made of
 * @param rows the rows; null if a row needs a reference answer
 * @param graded the rows with reference answers; null if the format has no place for them
 * @param options values that the person gives
 * @param target how a trainer takes the dataset
 * @param <I> what a row is made of
 */
public record DatasetFormat<I extends ItemSource.Item>(
    String name,
    String doc,
    ItemSource<I> items,
    @Nullable Rows<I, ?> rows,
    @Nullable Rows<I, ?> graded,
    List<FormatOption> options,
    Target target)
    implements Exporter {

  public DatasetFormat {
    options = List.copyOf(options);
    if (rows == null && graded == null) {
      throw new IllegalArgumentException("The format '%s' has no rows.".formatted(name));
    }
  }

  /** A format without reference answers and without options. */
  public static <I extends ItemSource.Item> DatasetFormat<I> of(
      String name, String doc, ItemSource<I> items, Rows<I, ?> rows, Target target) {
    return new DatasetFormat<>(name, doc, items, rows, null, List.of(), target);
  }

  /** A format whose rows need reference answers. */
  public static <I extends ItemSource.Item> DatasetFormat<I> needingReference(
      String name, String doc, ItemSource<I> items, Rows<I, ?> graded, Target target) {
    return new DatasetFormat<>(name, doc, items, null, graded, List.of(), target);
  }

  /** The same with these rows if reference answers are asked for. */
  public DatasetFormat<I> graded(Rows<I, ?> withReference) {
    return new DatasetFormat<>(name, doc, items, rows, withReference, options, target);
  }

  /** The same with one more option. */
  public DatasetFormat<I> option(String option, @Nullable String byDefault, String text) {
    List<FormatOption> more = new ArrayList<>(options);
    more.add(new FormatOption(option, byDefault, text));
    return new DatasetFormat<>(name, doc, items, rows, graded, more, target);
  }

  @Override
  public List<String> tables() {
    return items.tables();
  }

  @Override
  public boolean takesReferences() {
    return graded != null;
  }

  @Override
  public void check(ExportRequest request) {
    var unused = dataset(request).columns(request.rows().columns());
  }

  @Override
  public ExportReport export(RunView run, ExportRequest request) {
    Dataset<I> dataset = dataset(request);
    return new DatasetWriter<>(dataset, new ExportSource(run, request, name)).write();
  }

  private Dataset<I> dataset(ExportRequest request) {
    Rows<I, ?> wanted = request.reference() ? graded : rows;
    if (wanted == null) {
      throw new ExportException(
          "A row of the format '%s' needs a reference answer. Add --with-reference, which exports them."
              .formatted(name));
    }
    return Dataset.of(name, doc, items, wanted, given(request.options()), target);
  }

  /** The values of all options. */
  private Map<String, String> given(Map<String, String> asked) {
    Map<String, String> values = new LinkedHashMap<>();
    for (FormatOption option : options) {
      String value = asked.getOrDefault(option.name(), option.byDefault());
      if (value == null) {
        throw new ExportException(
            "The format '%s' needs the option '%s' (%s). Add --option %s=VALUE."
                .formatted(name, option.name(), option.doc(), option.name()));
      }
      values.put(option.name(), value);
    }
    for (String unknown : asked.keySet()) {
      if (!values.containsKey(unknown)) {
        throw new ExportException(
            "The format '%s' has no option '%s'. %s"
                .formatted(
                    name,
                    unknown,
                    options.isEmpty()
                        ? "It has none."
                        : "Its options: "
                            + options.stream()
                                .map(each -> each.name() + " (" + each.doc() + ")")
                                .collect(Collectors.joining(", "))
                            + "."));
      }
    }
    return values;
  }
}
