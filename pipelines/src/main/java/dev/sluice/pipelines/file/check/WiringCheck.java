package dev.sluice.pipelines.file.check;

import dev.sluice.pipelines.file.Placeholder;
import dev.sluice.pipelines.file.StageBinder;
import dev.sluice.pipelines.file.StageTypes;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.Names;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stage that fills each port: the one that {@code input} names, else the nearest earlier
 * one in the file that writes the table.
 */
public final class WiringCheck {
  private final List<StageDraft> drafts;
  private final StageTypes types;
  private final Findings findings;

  public WiringCheck(List<StageDraft> drafts, StageTypes types, Findings findings) {
    this.drafts = drafts;
    this.types = types;
    this.findings = findings;
  }

  public void check() {
    for (int i = 0; i < drafts.size(); i++) {
      check(drafts.get(i), i);
    }
    EvaluationPorts evaluations = new EvaluationPorts(drafts, findings);
    drafts.forEach(evaluations::fill);
  }

  private void check(StageDraft draft, int index) {
    Set<String> named = named(draft, index);
    Wiring wiring = draft.wiring;
    if (wiring == null) {
      return;
    }
    for (Wiring.Port port : wiring.reads()) {
      boolean open = !named.contains(port.name());
      switch (port.need()) {
        case REQUIRED, IF_PRESENT -> {
          if (open) {
            nearest(draft, index, port);
          }
        }
        case FOLLOWS -> {
          if (open) {
            follow(draft, port);
          }
        }
        case NAMED, EVALUATED -> {}
      }
    }
  }

  private void nearest(StageDraft draft, int index, Wiring.Port port) {
    for (int i = index - 1; i >= 0; i--) {
      StageDraft earlier = drafts.get(i);
      if (earlier.wiring == null) {
        // It may well write the table: its own mistakes come first.
        return;
      }
      if (earlier.writes(port.table())) {
        draft.inputs.put(port.name(), earlier);
        return;
      }
    }
    if (port.need() == Wiring.Need.REQUIRED) {
      findings.mistake(
          draft.node.at(),
          draft.node.path(),
          null,
          "stage '%s' reads %s, but no earlier stage writes them; %s"
              .formatted(draft.name, port.table(), remedy(port.table(), index)),
          null);
    }
  }

  private String remedy(String table, int index) {
    for (int i = index; i < drafts.size(); i++) {
      if (drafts.get(i).writes(table)) {
        return "move '%s' (line %d) before it".formatted(drafts.get(i).name, drafts.get(i).line());
      }
    }
    for (StageType<?> type : types.all()) {
      if (writes(type, table)) {
        return "put a stage of type " + type.name() + " before it";
      }
    }
    return "no type of stage writes them";
  }

  /** Which type of stage makes what a stage cannot do without. */
  private String maker(StageDraft draft) {
    return wiring(draft).reads().stream()
        .filter(port -> port.need() == Wiring.Need.REQUIRED)
        .map(Wiring.Port::table)
        .flatMap(
            table ->
                types.all().stream()
                    .filter(type -> writes(type, table))
                    .limit(1)
                    .map(type -> "; a stage of type %s writes %s".formatted(type.name(), table)))
        .findFirst()
        .orElse("");
  }

  private static <C extends Record> boolean writes(StageType<C> type, String table) {
    C config = Placeholder.record(type.configType());
    Wiring wiring = config == null ? null : StageBinder.wiring(type, config);
    return wiring != null && wiring.writes().contains(table);
  }

  private void follow(StageDraft draft, Wiring.Port port) {
    int dot = port.follows().indexOf('.');
    StageDraft other = draft.inputs.get(port.follows().substring(0, dot));
    if (other == null) {
      return;
    }
    StageDraft filled = other.inputs.get(port.follows().substring(dot + 1));
    if (filled != null) {
      draft.inputs.put(port.name(), filled);
    } else if (other.writes(port.table())) {
      draft.inputs.put(port.name(), other);
    }
  }

  /** Fills the ports that {@code input} names, and says which it tried to. */
  private Set<String> named(StageDraft draft, int index) {
    Set<String> named = new HashSet<>();
    YamlNode input = draft.node.value("input");
    if (input instanceof YamlNode.Mapping map) {
      map.entries()
          .forEach(
              (name, entry) -> {
                named.add(name);
                fill(draft, index, name, entry);
              });
    } else if (input instanceof YamlNode.Scalar scalar && scalar.value() instanceof String) {
      StageDraft source = source(draft, index, scalar);
      if (source != null && source.wiring != null && draft.wiring != null) {
        fillAll(draft, source, scalar, named);
      } else if (draft.wiring != null) {
        // Whatever it was meant for is not to be reported a second time.
        draft.wiring.reads().forEach(port -> named.add(port.name()));
      }
    } else if (input != null) {
      findings.mistake(
          input,
          "must be the name of an earlier stage, or a block such as {solutions: NAME}, but is "
              + input.shown());
    }
    return named;
  }

  private void fillAll(StageDraft draft, StageDraft source, YamlNode.Scalar at, Set<String> named) {
    List<Wiring.Port> ports = new ArrayList<>();
    for (Wiring.Need need :
        List.of(Wiring.Need.REQUIRED, Wiring.Need.IF_PRESENT, Wiring.Need.NAMED)) {
      for (Wiring.Port port : wiring(draft).reads()) {
        boolean more = need != Wiring.Need.NAMED || ports.isEmpty();
        if (port.need() == need && more && source.writes(port.table())) {
          ports.add(port);
        }
      }
    }
    if (ports.isEmpty()) {
      findings.mistake(
          at,
          "stage '%s' writes %s, but '%s' reads %s%s"
              .formatted(source.name, tables(source), draft.name, ports(draft), maker(draft)));
    }
    for (Wiring.Port port : ports) {
      named.add(port.name());
      draft.inputs.put(port.name(), source);
    }
  }

  private void fill(StageDraft draft, int index, String name, YamlNode.Entry entry) {
    Wiring.Port port = null;
    List<String> known = new ArrayList<>();
    if (draft.wiring != null) {
      for (Wiring.Port candidate : draft.wiring.reads()) {
        known.add(candidate.name());
        port = candidate.name().equals(name) ? candidate : port;
      }
      if (port == null) {
        String message =
            known.isEmpty()
                ? "stage '%s' reads no table".formatted(draft.name)
                : "stage '%s' has no input '%s'; it reads %s"
                    .formatted(draft.name, name, ports(draft));
        findings.mistake(
            entry.key(),
            entry.value().path(),
            entry.value().single(),
            message,
            Names.nearest(name, known));
      }
    }
    if (!(entry.value() instanceof YamlNode.Scalar scalar) || !(scalar.value() instanceof String)) {
      findings.mistake(
          entry.value(), "must be the name of an earlier stage, but is " + entry.value().shown());
      return;
    }
    StageDraft source = source(draft, index, scalar);
    if (source == null || port == null || source.wiring == null) {
      return;
    }
    if (source.writes(port.table())) {
      draft.inputs.put(name, source);
    } else {
      findings.mistake(
          scalar,
          "stage '%s' writes %s, not %s".formatted(source.name, tables(source), port.table()));
    }
  }

  /** The earlier stage that a reference names; null after a mistake. */
  private @Nullable StageDraft source(StageDraft draft, int index, YamlNode.Scalar reference) {
    StageDraft found = find(reference.text());
    if (found == null) {
      List<String> names = new ArrayList<>();
      drafts.subList(0, index).forEach(earlier -> names.add(earlier.name));
      String name = reference.text();
      int dot = name.indexOf('.');
      String hint =
          dot > 0 && find(name.substring(0, dot)) != null
              ? "; a stage's tables are told apart by the port, so name the stage alone"
              : "";
      findings.mistake(reference, "unknown stage '" + name + "'" + hint, name, names);
      return null;
    }
    int at = drafts.indexOf(found);
    if (at < index) {
      return found;
    }
    String message =
        at == index
            ? "stage '%s' cannot read itself".formatted(draft.name)
            : "stage '%s' comes later in the file (line %d); a stage reads only earlier ones"
                .formatted(found.name, found.line());
    if (at > index && mentions(found, draft, new HashSet<>())) {
      message =
          "stages '%s' and '%s' read each other, a cycle; a stage reads only earlier ones"
              .formatted(draft.name, found.name);
    }
    findings.mistake(reference, message);
    return null;
  }

  /** Whether a stage reads another by name, directly or through others. */
  private boolean mentions(StageDraft reader, StageDraft wanted, Set<StageDraft> seen) {
    if (!seen.add(reader)) {
      return false;
    }
    YamlNode input = reader.node.value("input");
    List<YamlNode> references =
        input instanceof YamlNode.Mapping map
            ? map.entries().values().stream().map(YamlNode.Entry::value).toList()
            : input == null ? List.of() : List.of(input);
    for (YamlNode reference : references) {
      StageDraft next = reference instanceof YamlNode.Scalar scalar ? find(scalar.text()) : null;
      if (next != null && (next == wanted || mentions(next, wanted, seen))) {
        return true;
      }
    }
    return false;
  }

  /** By name, else by type if only one stage has it. */
  private @Nullable StageDraft find(String reference) {
    StageDraft byType = null;
    int count = 0;
    for (StageDraft draft : drafts) {
      if (draft.name.equals(reference)) {
        return draft;
      }
      if (draft.type != null && draft.type.name().equals(reference)) {
        byType = draft;
        count++;
      }
    }
    return count == 1 ? byType : null;
  }

  private static Wiring wiring(StageDraft draft) {
    return draft.wiring == null ? Wiring.tables(List.of()) : draft.wiring;
  }

  private static String tables(StageDraft draft) {
    List<String> writes = wiring(draft).writes();
    return writes.isEmpty() ? "no table" : String.join(", ", writes);
  }

  private static String ports(StageDraft draft) {
    List<String> ports = new ArrayList<>();
    for (Wiring.Port port : wiring(draft).reads()) {
      ports.add(
          port.name().equals(port.table()) ? port.name() : port.name() + " (" + port.table() + ")");
    }
    return ports.isEmpty() ? "no table" : String.join(", ", ports);
  }
}
