package dev.sluice.pipelines.file.check;

import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills the ports of stages that keep evaluation sets out of what they write ({@link
 * Wiring.Port#evaluated}): as inputs, the sets are part of the fingerprint and are made before.
 */
final class EvaluationPorts {
  private final List<StageDraft> drafts;
  private final Findings findings;

  EvaluationPorts(List<StageDraft> drafts, Findings findings) {
    this.drafts = drafts;
    this.findings = findings;
  }

  /** Fills the ports of a stage whose other ports are filled. */
  void fill(StageDraft draft) {
    Wiring wiring = draft.wiring;
    if (wiring == null
        || wiring.reads().stream().noneMatch(p -> p.need() == Wiring.Need.EVALUATED)) {
      return;
    }
    List<Wiring.Port> ports = new ArrayList<>();
    for (Wiring.Port port : wiring.reads()) {
      if (port.need() != Wiring.Need.EVALUATED) {
        ports.add(port);
      } else if (draft.inputs.containsKey(port.name())) {
        ports.add(Wiring.Port.named(port.name(), port.table()));
      } else {
        ports.addAll(filled(draft, port));
      }
    }
    draft.wiring = wiring.reading(ports);
  }

  private List<Wiring.Port> filled(StageDraft draft, Wiring.Port port) {
    List<Wiring.Port> ports = new ArrayList<>();
    List<StageDraft> own = List.copyOf(draft.inputs.values());
    sets(port.table())
        .forEach(
            (set, reader) -> {
              if (own.contains(set)) {
                findings.warning(
                    draft.node.at(),
                    draft.node.path(),
                    "stage '%s' reads the %s of '%s', which '%s' evaluates on; that evaluation means nothing for a model that is trained on them. 'input' names another stage"
                        .formatted(draft.name, port.table(), set.name, reader.name));
              } else if (drafts.indexOf(set) > drafts.indexOf(draft)) {
                findings.mistake(
                    draft.node.at(),
                    draft.node.path(),
                    null,
                    "stage '%s' leaves out the %s of '%s', which '%s' evaluates on, so move '%s' (line %d) before it"
                        .formatted(
                            draft.name, port.table(), set.name, reader.name, set.name, set.line()),
                    null);
              } else {
                String name = port.name() + (ports.isEmpty() ? "" : "_" + (ports.size() + 1));
                ports.add(Wiring.Port.named(name, port.table()));
                draft.inputs.put(name, set);
              }
            });
    return ports;
  }

  /** The stages whose tables are evaluated on, in the order of the file, each with a reader. */
  private Map<StageDraft, StageDraft> sets(String table) {
    Map<StageDraft, StageDraft> readers = new LinkedHashMap<>();
    for (StageDraft reader : drafts) {
      for (String port : evaluates(reader, reader.type)) {
        StageDraft set = reader.inputs.get(port);
        if (set != null && set.writes(table)) {
          readers.putIfAbsent(set, reader);
        }
      }
    }
    Map<StageDraft, StageDraft> ordered = new LinkedHashMap<>();
    drafts.stream().filter(readers::containsKey).forEach(set -> ordered.put(set, readers.get(set)));
    return ordered;
  }

  private static <C extends Record> List<String> evaluates(
      StageDraft draft, @Nullable StageType<C> type) {
    return type == null || !type.configType().isInstance(draft.config)
        ? List.of()
        : type.evaluates(type.configType().cast(draft.config));
  }
}
