package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.records.Metric;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Evaluate measured as tables that are read side by side: judges, and base beside trained. */
final class EvaluationTables {
  private static final String F1 = "first_error_f1/";

  private final Map<String, Metric> metrics = new HashMap<>();
  private final Set<String> shown = new HashSet<>();

  EvaluationTables(RunReport report) {
    report.metrics().forEach(each -> metrics.put(each.metric().name(), each.metric()));
  }

  /** Names of the metrics that the tables hold; known once they were made. */
  Set<String> shown() {
    return shown;
  }

  /** Empty if no judge was measured. */
  String judges() {
    TextTable table = new TextTable("first-error F1", "one vote", "greedy", "majority");
    for (String[] judge : new String[][] {{"untrained judge", ""}, {"trained on labels", "prm_"}}) {
      row(
          table,
          judge[0],
          F1 + judge[1] + "one_vote",
          F1 + judge[1] + "greedy",
          F1 + judge[1] + "majority");
    }
    return table.isEmpty() ? "" : table.toString();
  }

  /** Empty if no policy was measured. */
  String policies() {
    TextTable table = new TextTable("policy", "base", "trained");
    pair(table, "accuracy, T = 1", who -> "accuracy/" + who);
    pair(table, "accuracy, T = 0.7", who -> "accuracy/" + who + "_t07");
    pair(table, "accuracy, greedy", who -> "accuracy/" + who + "_greedy");
    for (String kind : List.of("maj", "pass")) {
      for (int k : sampleCounts(kind)) {
        pair(table, kind + "@" + k, who -> kind + "_at_" + k + "/" + who);
      }
    }
    pair(table, "every step right", who -> "process_accuracy/" + who);
    return table.isEmpty() ? "" : table.toString();
  }

  private List<Integer> sampleCounts(String kind) {
    List<Integer> counts = new ArrayList<>();
    for (String name : metrics.keySet()) {
      if (name.matches(kind + "_at_\\d{1,6}/base")) {
        counts.add(
            Integer.valueOf(name.substring(kind.length() + "_at_".length(), name.indexOf('/'))));
      }
    }
    counts.sort(null);
    return counts;
  }

  private void pair(TextTable table, String title, Function<String, String> name) {
    row(table, title, name.apply("base"), name.apply("policy"));
  }

  private void row(TextTable table, String title, String... names) {
    List<String> cells = new ArrayList<>(List.of(title));
    boolean any = false;
    for (String name : names) {
      Metric metric = metrics.get(name);
      any |= metric != null;
      cells.add(cell(metric));
      shown.add(name);
    }
    if (any) {
      table.row(cells.toArray(String[]::new));
    }
  }

  private static String cell(@Nullable Metric metric) {
    if (metric == null) {
      return "-";
    }
    Double low = metric.low();
    Double high = metric.high();
    String value = Numbers.decimals(metric.value(), 3);
    return low == null || high == null
        ? value
        : "%s (%s to %s)".formatted(value, Numbers.decimals(low, 3), Numbers.decimals(high, 3));
  }
}
