package dev.sluice.pipelines.file.check;

import dev.sluice.pipelines.file.ErrorHandling;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage while the file is being checked; what could not be made out is null. */
public final class StageDraft {
  public final YamlNode.Mapping node;
  public final String name;
  @Nullable public StageType<?> type;
  @Nullable public Record config;
  @Nullable public Wiring wiring;
  public ErrorHandling errorHandling = new ErrorHandling(0.05, null);
  public List<Reference> mentions = new ArrayList<>();
  public String configPath = "";

  /** The stage that fills each port. */
  public final Map<String, StageDraft> inputs = new LinkedHashMap<>();

  public StageDraft(YamlNode.Mapping node, String name) {
    this.node = node;
    this.name = name;
  }

  boolean writes(String table) {
    return wiring != null && wiring.writes().contains(table);
  }

  public int line() {
    return node.at().line();
  }

  /** The place of a key of the stage, or of the stage itself if it lacks the key. */
  public YamlNode at(String key) {
    YamlNode value = node.value(key);
    return value == null ? node : value;
  }
}
