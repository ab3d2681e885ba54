package dev.sluice.stages.synthesis;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.config.Key;
import dev.sluice.stages.StageType.Look;
import dev.sluice.stages.dataset.DatasetContent;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.dataset.LabelOrigin;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of a dataset whose labels, or whose choice of solutions, a stage uses.
 *
 * @param path the file
 * @param dataset the shape of its rows
 * @param referenceFree whether its labels rest on no reference answer and no person's verdict
 */
public record DatasetFile(
    @Key(value = "Path of the file. Its extension selects the format.", refersTo = Key.FILE)
        String path,
    @Key("Dataset whose rows the file has.") DatasetShape dataset,
    @Key(
            value =
                "States that the labels were made without people and reference answers. Otherwise the run is not reference-free.",
            byDefault = "false")
        boolean referenceFree)
    implements Serializable {

  /** Whether a run that uses the labels is not reference-free. */
  public boolean restsOnReference() {
    return !referenceFree;
  }

  /**
   * What is wrong with the keys together.
   *
   * @param at path of this block, with a dot at its end; empty for a block of its own keys
   * @param needed what the stage needs of the rows
   */
  public List<ConfigMistake> mistakes(String at, DatasetContent needed) {
    return Stream.concat(
            lacks(dataset, at + "dataset", needed).stream(), declarationMistakes(at).stream())
        .toList();
  }

  /** A mistake if the file declares what cannot be of its dataset. */
  public List<ConfigMistake> declarationMistakes(String at) {
    return referenceFree && dataset.origin() != LabelOrigin.DECLARED
        ? List.of(
            new ConfigMistake(
                at + "reference_free",
                "'%s' is not reference-free, since %s; leave 'reference_free' out"
                    .formatted(dataset.name(), dataset.origin().words())))
        : List.of();
  }

  /** A mistake if rows of a dataset never hold what is needed. */
  public static List<ConfigMistake> lacks(DatasetShape dataset, String key, DatasetContent needed) {
    return dataset.contents().contains(needed)
        ? List.of()
        : List.of(
            new ConfigMistake(
                key, "rows of '%s' hold no %s".formatted(dataset.name(), needed.words())));
  }

  /**
   * What a look at the file's first rows and at the manifest of an export beside it shows.
   *
   * @param at as for {@link #mistakes}
   */
  public Look look(String at) {
    Look rows = DatasetLook.at(path, at + "path", null, dataset, dataset::solutions);
    return dataset.origin() == LabelOrigin.DECLARED
        ? rows.and(DatasetLook.manifest(path, at + "reference_free", referenceFree))
        : rows;
  }
}
