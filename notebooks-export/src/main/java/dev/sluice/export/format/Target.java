package dev.sluice.export.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a trainer takes a dataset. In {@code loader} and {@code launch}, {@code {out}} is the
 * export's folder, {@code {kind}} the beginning of its files' names, {@code {NAME}} a part's file,
 * or the folder of its files (a part that is not there is the first one), {@code {NAME:*}} its
 * files as a pattern, {@code {NAME:list}} as a list in Python and {@code {NAME:hydra}} as one for
 * Hydra.
 *
 * @param trainer the trainer and the version that was tried, such as {@code verl 0.9.1}; empty for
 *     a format of no trainer
 * @param files the types of the files
 * @param ids whether ids of the rows' origin are columns behind the trainer's own
 * @param loader Python that loads the rows; null for {@code load_dataset} of the first type
 * @param launch the command that trains on them; null if the format has none
 * @param notes what else to know, as Markdown
 * @param sideFiles texts of further files by name
 * @param oneFile whether it takes one file of a part alone
 */
public record Target(
    String trainer,
    List<FileType> files,
    boolean ids,
    @Nullable String loader,
    @Nullable String launch,
    String notes,
    Function<Delivered, Map<String, String>> sideFiles,
    boolean oneFile) {

  public Target {
    files = List.copyOf(files);
  }

  /**
   * What was written, for side files.
   *
   * @param kind the part of the format's name behind the slash
   * @param parts for each part of the split its file, or its folder of files, below the export
   */
  public record Delivered(String kind, Map<String, String> parts) {}

  /** Files with ids of the rows' origin, which any reader takes. */
  public static Target of(String trainer, FileType... files) {
    return new Target(trainer, List.of(files), true, null, null, "", delivered -> Map.of(), false);
  }

  /** The same without ids. */
  public Target withoutIds() {
    return new Target(trainer, files, false, loader, launch, notes, sideFiles, oneFile);
  }

  /** The same with a loader of the trainer. */
  public Target loader(String python) {
    return new Target(trainer, files, ids, python, launch, notes, sideFiles, oneFile);
  }

  /** The same with a command. */
  public Target launch(String command) {
    return new Target(trainer, files, ids, loader, command, notes, sideFiles, oneFile);
  }

  /** The same with one more note. */
  public Target note(String markdown) {
    List<String> all = new ArrayList<>(notes.isEmpty() ? List.of() : List.of(notes));
    all.add(markdown);
    return new Target(
        trainer, files, ids, loader, launch, String.join(" ", all), sideFiles, oneFile);
  }

  /** The same with further files. */
  public Target sideFiles(Function<Delivered, Map<String, String>> texts) {
    return new Target(trainer, files, ids, loader, launch, notes, texts, oneFile);
  }

  /** The same for a trainer that takes one file alone. */
  public Target ofOneFile() {
    return new Target(trainer, files, ids, loader, launch, notes, sideFiles, true);
  }
}
