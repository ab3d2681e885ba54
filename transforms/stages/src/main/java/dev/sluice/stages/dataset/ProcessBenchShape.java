package dev.sluice.stages.dataset;

import dev.sluice.parts.Method;
import dev.sluice.records.Message;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The index of the first wrong step, named by people. */
@Kind(
    value = "processbench",
    doc =
        "ProcessBench: `problem`, `steps`, `label` (index of the first wrong step, -1 for none), `final_answer_correct`, `generator`. Steps after the first wrong one count as wrong.")
@Method(
    name = "Rows of ProcessBench",
    paper = "ProcessBench, arXiv 2412.06559",
    formula = "v_i = 1 if label = -1 or i < label, else 0",
    papers = "2412.06559")
public record ProcessBenchShape() implements DatasetShape {

  @Override
  public Set<DatasetContent> contents() {
    return Set.of(DatasetContent.SOLUTIONS, DatasetContent.LABELS);
  }

  @Override
  public LabelOrigin origin() {
    return LabelOrigin.HUMANS;
  }

  @Override
  public DatasetProblem problem(DatasetRow row) {
    return new DatasetProblem(
        List.of(Message.user(row.text("problem"))), row.optionalText("id"), null);
  }

  @Override
  public List<DatasetSolution> solutions(DatasetRow row) {
    List<String> steps = row.texts("steps");
    Integer first = row.optionalWhole("label");
    if (first == null) {
      throw DatasetRowException.missing("has no label");
    }
    if (first < -1 || first >= steps.size()) {
      throw DatasetRowException.invalid(
          "has the label %d for %d steps; a label is the index of a step, or -1 for none"
              .formatted(first, steps.size()));
    }
    List<StepVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      verdicts.add(
          first < 0 || i < first
              ? StepVerdict.CORRECT
              : i == first ? StepVerdict.INCORRECT : StepVerdict.UNKNOWN);
    }
    return List.of(
        DatasetSolution.ofSteps(steps, verdicts)
            .namingFirstError()
            .from(row.optionalTruth("final_answer_correct"), row.optionalText("generator")));
  }
}
