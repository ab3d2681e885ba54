package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.store.WorkspacePath;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The units that the stages of a run lay out, one line for each wave. */
final class UnitsLog {
  private final WorkspacePath file;

  UnitsLog(WorkspacePath runFolder) {
    this.file = runFolder.resolve("units.jsonl");
  }

  void add(String stage, Collection<String> keys) {
    ObjectNode line = RunFiles.object().put("stage", stage);
    keys.forEach(line.putArray("units")::add);
    RunFiles.append(file, line);
  }

  /** The keys of all stages. */
  Set<String> all() {
    return keys(stage -> true);
  }

  /** The keys of one stage, in that order, each once. */
  List<String> of(String stage) {
    return List.copyOf(keys(stage::equals));
  }

  private Set<String> keys(Predicate<String> stages) {
    Set<String> keys = new LinkedHashSet<>();
    for (JsonNode line : RunFiles.lines(file)) {
      if (stages.test(line.path("stage").asText())) {
        line.path("units").forEach(key -> keys.add(key.asText()));
      }
    }
    return keys;
  }
}
