package dev.sluice.runners.proof.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The results of one file over its seeds.
 *
 * @param file the file
 * @param runs its runs by seed, all of the same number of rounds; at least one
 * @param graded their graded samples by seed
 */
public record Outcome(
    ProofFile file, SortedMap<Integer, ProofRun> runs, SortedMap<Integer, Graded> graded) {

  /**
   * The outcomes of runs, in the order of the files; either of the longer runs or of the others.
   */
  public static List<Outcome> of(List<ProofRun> runs, boolean longer) {
    Map<ProofFile, SortedMap<Integer, ProofRun>> byFile = new TreeMap<>(ProofFile.order());
    runs.stream()
        .filter(run -> run.longer() == longer)
        .forEach(
            run ->
                byFile.computeIfAbsent(run.file(), file -> new TreeMap<>()).put(run.seed(), run));
    List<Outcome> outcomes = new ArrayList<>();
    byFile.forEach(
        (file, bySeed) -> {
          SortedMap<Integer, Graded> graded = new TreeMap<>();
          bySeed.forEach((seed, run) -> graded.put(seed, Graded.read(run.artifact("Evaluate"))));
          outcomes.add(new Outcome(file, bySeed, graded));
        });
    return outcomes;
  }

  /** The outcome of a file, if it was run. */
  public static Optional<Outcome> find(List<Outcome> outcomes, String name) {
    return outcomes.stream().filter(outcome -> outcome.file().name().equals(name)).findFirst();
  }

  public Strata base(Measure measure) {
    return strata(each -> each.base().stream().mapToDouble(measure::of));
  }

  public Strata policy(Measure measure) {
    return strata(each -> each.policy().stream().mapToDouble(measure::of));
  }

  public Strata gain(Measure measure) {
    return policy(measure).minus(base(measure));
  }

  public Estimate gap() {
    return strata(each -> each.judge().stream().mapToDouble(JudgeRate::gap)).mean();
  }

  public Estimate falseAccept() {
    return strata(each -> each.judge().stream().mapToDouble(JudgeRate::falseAccepts))
        .shareOf(strata(each -> each.judge().stream().mapToDouble(JudgeRate::wrong)));
  }

  private Strata strata(Function<Graded, DoubleStream> values) {
    SortedMap<Integer, double[]> bySeed = new TreeMap<>();
    graded.forEach((seed, each) -> bySeed.put(seed, values.apply(each).toArray()));
    return Strata.of(bySeed);
  }

  /** A metric over the seeds, without an interval; empty if a run does not report it. */
  public Optional<Estimate> metric(String name) {
    List<Double> each = new ArrayList<>();
    for (ProofRun run : runs.values()) {
      run.metric(name).ifPresent(metric -> each.add(metric.value()));
    }
    return each.size() < runs.size()
        ? Optional.empty()
        : Optional.of(
            Estimate.over(each.stream().mapToDouble(Double::doubleValue).toArray(), null));
  }

  /** The difference of two metrics over the seeds, without an interval. */
  public Optional<Estimate> difference(String name, String from) {
    List<Double> each = new ArrayList<>();
    for (ProofRun run : runs.values()) {
      run.metric(name)
          .ifPresent(
              one -> run.metric(from).ifPresent(other -> each.add(one.value() - other.value())));
    }
    return each.size() < runs.size()
        ? Optional.empty()
        : Optional.of(
            Estimate.over(each.stream().mapToDouble(Double::doubleValue).toArray(), null));
  }

  /** The alarms that rang in each seed's run: by name the first round in which each did. */
  public SortedMap<Integer, Map<String, Integer>> alarms() {
    SortedMap<Integer, Map<String, Integer>> alarms = new TreeMap<>();
    runs.forEach(
        (seed, run) ->
            alarms.put(
                seed,
                run.metrics()
                    .filter(metric -> metric.name().startsWith("alarm/") && metric.value() > 0)
                    .collect(
                        Collectors.toMap(
                            metric -> metric.name().substring("alarm/".length()),
                            metric -> (int) metric.value(),
                            Math::min,
                            TreeMap::new))));
    return alarms;
  }

  /** The alarms for a cell. */
  public String alarmsText() {
    SortedMap<Integer, Map<String, Integer>> alarms = alarms();
    if (alarms.values().stream().allMatch(Map::isEmpty)) {
      return "silent";
    }
    List<String> lines = new ArrayList<>();
    alarms.forEach(
        (seed, rang) ->
            lines.add(
                seed
                    + ": "
                    + (rang.isEmpty()
                        ? "silent"
                        : rang.entrySet().stream()
                            .map(alarm -> alarm.getKey() + "@" + alarm.getValue())
                            .collect(Collectors.joining(", ")))));
    return String.join("<br>", lines);
  }

  /** The run of the lowest seed. */
  public ProofRun first() {
    return runs.values().iterator().next();
  }
}
