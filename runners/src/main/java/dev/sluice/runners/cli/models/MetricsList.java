package dev.sluice.runners.cli.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.pipelines.file.pages.MetricsPage;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.ReplyMetrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Metrics as {@code sluice methods --metrics} prints them. */
final class MetricsList {
  private final List<Entry> entries;

  private record Entry(MetricDefinition metric, String stage) {}

  private MetricsList(List<Entry> entries) {
    this.entries = entries;
  }

  /** The metrics of a name, else those whose name or stage contains it; all without a name. */
  static MetricsList of(Registry registry, @Nullable String name) {
    List<Entry> all = all(registry);
    if (name == null) {
      return new MetricsList(all);
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    List<Entry> same = all.stream().filter(entry -> entry.metric().defines(wanted)).toList();
    return new MetricsList(
        !same.isEmpty()
            ? same
            : all.stream()
                .filter(
                    entry ->
                        (entry.metric().name() + " " + entry.stage())
                            .toLowerCase(Locale.ROOT)
                            .contains(wanted))
                .toList());
  }

  private static List<Entry> all(Registry registry) {
    Map<String, List<MetricDefinition>> byStage = new LinkedHashMap<>();
    StageTypes.of(registry).all().forEach(type -> byStage.put(type.name(), type.metrics()));
    byStage.put("every stage", ReplyMetrics.DEFINITIONS);
    List<Entry> all = new ArrayList<>();
    byStage.forEach((stage, metrics) -> metrics.forEach(each -> all.add(new Entry(each, stage))));
    return all;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  ObjectNode json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    ArrayNode array = json.putArray("metrics");
    for (Entry entry : entries) {
      array
          .addObject()
          .put("name", entry.metric().name())
          .put("stage", entry.stage())
          .put("of", MetricsPage.extent(entry.metric()))
          .put("meaning", entry.metric().meaning());
    }
    return json;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(
          "%s (%s, of %s)%n  %s%n%n"
              .formatted(
                  entry.metric().name(),
                  entry.stage(),
                  MetricsPage.extent(entry.metric()),
                  entry.metric().meaning()));
    }
    return text.toString();
  }
}
