package dev.sluice.pipelines.file.check;

import dev.sluice.parts.Fit;
import dev.sluice.parts.Part;
import dev.sluice.parts.PlacedPart;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Binder;
import dev.sluice.pipelines.file.Shape;
import dev.sluice.pipelines.file.StageBinder;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Whether the parts of each stage get what they need; for wired stages. */
public final class FitCheck {
  private static final Position NOWHERE = new Position("", 1, 1);

  private final Registry registry;
  private final StageBinder stages;
  private final Map<Class<?>, List<Part>> known = new HashMap<>();

  public FitCheck(Registry registry, StageBinder stages) {
    this.registry = registry;
    this.stages = stages;
  }

  public void check(List<StageDraft> drafts) {
    Fit fit =
        new Fit(
            port -> known.computeIfAbsent(port, any -> List.copyOf(usual(any, registry).values())));
    for (StageDraft draft : drafts) {
      Record config = draft.config;
      if (config == null) {
        continue;
      }
      List<PlacedPart> before = new ArrayList<>();
      for (StageDraft input : new LinkedHashSet<>(draft.inputs.values())) {
        if (input.config != null) {
          before.addAll(PlacedPart.in(input.config));
        }
      }
      YamlNode block = draft.node.value("config");
      stages.report(
          fit.mistakes(PlacedPart.in(config), before),
          block instanceof YamlNode.Mapping mapping
              ? mapping
              : new YamlNode.Mapping(draft.node.at(), draft.configPath, Map.of()));
    }
  }

  /** One of each part of a port by its word, with defaults and the least that other keys allow. */
  public static Map<String, Part> usual(Class<?> port, Registry registry) {
    Shape.Kinds kinds = Shape.Kinds.of(port, registry);
    Map<String, Part> parts = new LinkedHashMap<>();
    for (String word : kinds.kinds().keySet()) {
      if (new Binder(new Findings()).ofWord(kinds, word, NOWHERE) instanceof Part part) {
        parts.put(word, part);
      }
    }
    return parts;
  }
}
