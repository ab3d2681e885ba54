package dev.sluice.export;

import java.util.List;

/**
 * One format in which a run leaves Sluice, added to the registry by a {@link
 * dev.sluice.parts.SluicePlugin}. A data set is best written by a {@link Dataset}.
 */
public interface Exporter {
  /** The name on the command line, such as {@code trl/sft}. */
  String name();

  /** One sentence that says what it writes and for whom. */
  String doc();

  /** The tables that it reads. */
  List<String> tables();

  /** Whether it has room for reference answers, which go out only when they are asked for. */
  default boolean takesReferences() {
    return false;
  }

  /**
   * Looks at a request before there is a run.
   *
   * @param request what is asked; the folder need not be there
   * @throws ExportException if no run could fulfil it, such as for a column that the format lacks
   */
  default void check(ExportRequest request) {}

  /**
   * Writes the files.
   *
   * @param run the run
   * @param request what is asked; the folder is there, and empty but for what the person keeps
   *     there
   * @throws ExportException if the run lacks what the format needs
   */
  ExportReport export(RunView run, ExportRequest request);
}
