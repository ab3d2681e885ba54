package dev.sluice.pipelines.file;

import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage while the file is being checked; what could not be made out is null. */
final class Draft {
  final Node.Mapping node;
  final String name;
  @Nullable StageType<?> type;
  @Nullable Record config;
  @Nullable Wiring wiring;
  ErrorHandling errorHandling = new ErrorHandling(0.05, null);
  List<Mention> mentions = new ArrayList<>();
  String configPath = "";

  /** The stage that fills each port. */
  final Map<String, Draft> inputs = new LinkedHashMap<>();

  Draft(Node.Mapping node, String name) {
    this.node = node;
    this.name = name;
  }

  boolean writes(String table) {
    return wiring != null && wiring.writes().contains(table);
  }

  int line() {
    return node.at().line();
  }

  /** The place of a key of the stage, or of the stage itself if it lacks the key. */
  Node at(String key) {
    Node value = node.value(key);
    return value == null ? node : value;
  }
}
