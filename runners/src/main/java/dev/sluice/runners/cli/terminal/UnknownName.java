package dev.sluice.runners.cli.terminal;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.records.Names;
import java.util.Collection;
import java.util.List;

/** Sentences about names that nothing has, with the nearest that something has. */
public final class UnknownName {
  private static final int SHOWN = 5;

  private UnknownName() {}

  /** A stage that a run does not have. */
  public static UserMistake stage(String run, String name, Collection<String> known) {
    String nearest = Names.nearest(name, known);
    return new UserMistake(
        "The run %s has no stage '%s'; %s %s."
            .formatted(
                run,
                name,
                nearest == null ? "it has" : "did you mean '%s'? It has".formatted(nearest),
                String.join(", ", known)));
  }

  /** The nearest of some names, or all of them if none is near. */
  public static String nearest(String name, Collection<String> known) {
    String nearest = Names.nearest(name, known);
    return nearest == null
        ? "there are " + String.join(", ", known)
        : "did you mean '%s'?".formatted(nearest);
  }

  /** What to say of a run that is not there, or of a beginning that several have. */
  public static String run(String id, List<RunFolder> all) {
    List<String> ids = all.stream().map(RunFolder::id).toList();
    List<String> begin = ids.stream().filter(each -> each.startsWith(id)).toList();
    if (begin.size() > 1) {
      return "%d runs begin with '%s': %s%s"
          .formatted(
              begin.size(),
              id,
              String.join(", ", begin.subList(0, Math.min(SHOWN, begin.size()))),
              begin.size() > SHOWN ? ", ..." : "");
    }
    String nearest = Names.nearest(id, ids);
    return nearest == null
        ? "no run is called '%s'".formatted(id)
        : "no run is called '%s'; did you mean '%s'?".formatted(id, nearest);
  }
}
