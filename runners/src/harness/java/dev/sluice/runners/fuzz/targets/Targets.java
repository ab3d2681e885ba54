package dev.sluice.runners.fuzz.targets;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Every reader. */
public final class Targets {
  private static final List<Target> ALL = list();

  private Targets() {}

  private static List<Target> list() {
    List<Target> all = new ArrayList<>();
    all.addAll(AnswerTargets.all());
    all.addAll(VerdictTargets.all());
    all.addAll(TemplateTargets.all());
    all.addAll(TimeTargets.all());
    all.addAll(SourceTargets.all());
    all.addAll(PipelineTargets.all());
    all.addAll(DirectoryTargets.all());
    all.addAll(ServeTargets.all());
    all.addAll(ServerTargets.all());
    all.addAll(WorkspaceTargets.all());
    return List.copyOf(all);
  }

  public static List<Target> all() {
    return ALL;
  }

  public static Target of(String name) {
    return ALL.stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no reader '%s'; there are %s."
                        .formatted(
                            name,
                            ALL.stream().map(Target::name).collect(Collectors.joining(", ")))));
  }
}
