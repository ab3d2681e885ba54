package dev.sluice.methods.rubric;

import dev.sluice.parts.Method;
import dev.sluice.records.Criterion;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.io.Serializable;
import java.util.List;

/** The criteria of the file. */
@Kind(
    value = "template",
    doc = "Fixed criteria from the pipeline file, the same for every solution.")
@Method(name = "Rubric template", formula = "score = sum(w V) / sum(w)")
public record TemplateRubric(@Key(value = "Criteria of every rubric.", min = 1) List<Line> criteria)
    implements RubricStrategy {

  public TemplateRubric {
    criteria = List.copyOf(criteria);
  }

  /** A criterion of a template. */
  public record Line(
      @Key("What the criterion checks: `line_0`, `line_1`, ... or `answer`.") String id,
      @Key("Result that this line must state.") String text,
      @Key(value = "Weight of the criterion.", byDefault = "1.0", min = 0) double weight)
      implements Serializable {

    public Line {
      if (!id.matches("answer|line_\\d{1,4}")) {
        throw new IllegalArgumentException(
            "a criterion is about 'answer' or a line such as 'line_0', not '" + id + "'");
      }
    }
  }

  @Override
  public List<Criterion> criteria(Problem problem, List<StatedResults> siblings) {
    return criteria.stream()
        .map(
            line ->
                new Criterion(
                    line.id(), StatedResults.normal(line.text()), line.weight(), "equals"))
        .toList();
  }
}
