package dev.sluice.export.trainers;

import dev.sluice.export.format.DatasetFormat;
import dev.sluice.export.format.FileType;
import dev.sluice.export.format.Place;
import dev.sluice.export.format.Rows;
import dev.sluice.export.format.Target;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.export.items.PreferencePairs;
import dev.sluice.export.items.SolutionGroups;
import dev.sluice.export.items.SolutionGroups.Group;
import dev.sluice.records.schema.Column;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Comparisons in the shapes of RewardBench (2403.13787) and RewardBench 2 (2506.01937). */
final class RewardBenchFormats {
  private RewardBenchFormats() {}

  private record Pairs(
      @Column("The problem's question.") String prompt,
      @Column("The preferred solution.") String chosen,
      @Column("The other solution.") String rejected,
      @Column("The model that wrote the preferred solution.") String chosenModel,
      @Column("The model that wrote the other.") String rejectedModel,
      @Column("Name of the subset.") String subset,
      @Column("Number of the row in the export, from 0.") int id) {}

  private record BestOf(
      @Column("Id of the problem.") String id,
      @Column("The problem's question.") String prompt,
      @Column("Solutions that the consensus calls correct.") List<String> chosen,
      @Column("Solutions that the consensus calls incorrect.") List<String> rejected,
      @Column("How many are correct.") int numCorrect,
      @Column("How many are incorrect.") int numIncorrect,
      @Column("How many there are.") int totalCompletions,
      @Column("The models that wrote them, the correct ones first.") List<String> models,
      @Column("Name of the subset.") String subset) {

    static @Nullable BestOf of(Group group, Place place) {
      List<Labelled> right = group.solutions().stream().filter(Labelled::correct).toList();
      List<Labelled> wrong = group.solutions().stream().filter(Labelled::incorrect).toList();
      if (right.isEmpty() || wrong.isEmpty()) {
        return null;
      }
      List<String> models =
          Stream.concat(right.stream(), wrong.stream())
              .map(each -> each.solution().model())
              .toList();
      return new BestOf(
          group.problemId(),
          group.problem().question(),
          texts(right),
          texts(wrong),
          right.size(),
          wrong.size(),
          right.size() + wrong.size(),
          models,
          place.option("subset"));
    }

    private static List<String> texts(List<Labelled> solutions) {
      return solutions.stream().map(each -> each.solution().text()).toList();
    }
  }

  /** All formats, in the order of the help. */
  static List<DatasetFormat<?>> all() {
    return List.of(
        DatasetFormat.of(
                "rewardbench/pairs",
                "Preference pairs in the shape of RewardBench.",
                new PreferencePairs(),
                Rows.placed(
                    Pairs.class,
                    (pair, place) ->
                        new Pairs(
                            pair.problem().question(),
                            pair.chosen(),
                            pair.rejected(),
                            place.option("model"),
                            place.option("model"),
                            place.option("subset"),
                            place.index())),
                Target.of("RewardBench (rules of its sources)", FileType.PARQUET, FileType.JSONL)
                    .launch("rewardbench --model MODEL --dataset {out} --load_json"))
            .option("subset", "sluice", "name of the subset")
            .option("model", "unknown", "name of the model that wrote the solutions"),
        new DatasetFormat<>(
                "rewardbench2/pairs",
                "Correct and incorrect solutions of each problem in the shape of RewardBench 2.",
                new SolutionGroups(),
                new Rows<>(
                    BestOf.class,
                    BestOf::of,
                    "problems without both a correct and an incorrect solution"),
                null,
                List.of(),
                Target.of("", FileType.PARQUET, FileType.JSONL))
            .option("subset", "sluice", "name of the subset"));
  }
}
