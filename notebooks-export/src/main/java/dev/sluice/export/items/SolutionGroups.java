package dev.sluice.export.items;

import dev.sluice.export.ExportSource;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The labelled solutions of a run, all of a problem in one item. */
public final class SolutionGroups implements ItemSource<SolutionGroups.Group> {

  /**
   * A problem with its solutions.
   *
   * @param solutions at least one
   */
  public record Group(Problem problem, List<Labelled> solutions) implements ProblemItem {}

  @Override
  public Class<? extends Record> ids() {
    return Ids.OfProblem.class;
  }

  @Override
  public List<String> tables() {
    return new LabelledSolutions().tables();
  }

  @Override
  public void forEach(ExportSource source, Consumer<Group> consumer) {
    List<Labelled> siblings = new ArrayList<>();
    new LabelledSolutions()
        .forEach(
            source,
            row -> {
              if (!siblings.isEmpty() && !siblings.get(0).problemId().equals(row.problemId())) {
                consumer.accept(group(siblings));
                siblings.clear();
              }
              siblings.add(row);
            });
    if (!siblings.isEmpty()) {
      consumer.accept(group(siblings));
    }
  }

  private static Group group(List<Labelled> siblings) {
    return new Group(siblings.get(0).problem(), List.copyOf(siblings));
  }
}
