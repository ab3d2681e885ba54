package dev.sluice.pipelines.file;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.json.Json;
import java.util.Map;
import java.util.Objects;

/** Parts as a pipeline file writes them. */
public final class PartText {
  private static final Position NOWHERE = new Position("part", 1, 1);

  private PartText() {}

  /** Reads the part of a port; a mistake throws. */
  public static <P> P read(Class<P> port, String yaml) {
    Findings findings = new Findings();
    YamlNode node = Objects.requireNonNull(YamlReader.read("part", yaml, findings));
    Shape.Kinds kinds = Shape.Kinds.of(port, Registry.get());
    Record part =
        node instanceof YamlNode.Scalar word
            ? (Record) new Binder(findings).ofWord(kinds, word.text(), NOWHERE)
            : new Binder(findings).kind(kinds, (YamlNode.Mapping) node);
    if (findings.count() > 0) {
      throw new IllegalArgumentException(findings.mistakes().toString());
    }
    return Objects.requireNonNull(port.cast(part));
  }

  /** The text of a part with every key. */
  static String write(Class<?> port, Record part) {
    return Json.line(
        Canonical.complete(Map.of(), Canonical.Scope.ALL)
            .tree(part, Shape.Kinds.of(port, Registry.get()).selector()));
  }

  /** A part with the least that each key allows. */
  static Record standIn(Class<?> port, String word) {
    return (Record)
        Objects.requireNonNull(
            new Binder(new Findings()).ofWord(Shape.Kinds.of(port, Registry.get()), word, NOWHERE));
  }
}
