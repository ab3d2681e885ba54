package dev.sluice.pipelines.file.yaml;

import dev.sluice.records.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects mistakes and warnings while a file is read. */
public final class Findings {
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Set<String> settled = new HashSet<>();
  private final List<Mistake> warnings = new ArrayList<>();

  /** Values from the environment, longest use first, and what is shown in their place. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  /** From now on the value is shown as its origin in every message. */
  void secret(String value, String origin) {
    // A shorter one may stand in a message by chance; a node that holds it hides it in any case.
    if (value.length() >= 4) {
      secrets.put(value, origin);
    }
  }

  /** Nothing further is said about a value that could not be made out. */
  void settled(String path) {
    settled.add(path);
  }

  /** Whether there is a mistake at a path or below it. */
  public boolean any(String path) {
    for (Mistake mistake : mistakes) {
      String other = mistake.path();
      if (other.startsWith(path)
          && (other.length() == path.length() || ".[".indexOf(other.charAt(path.length())) >= 0)) {
        return true;
      }
    }
    return false;
  }

  public int count() {
    return mistakes.size();
  }

  /** A mistake in what stands at a node. */
  public void mistake(YamlNode node, String message) {
    mistake(node.at(), node.path(), node.single(), message, null);
  }

  /** A mistake in a word; names the nearest of those that are known. */
  public void mistake(YamlNode node, String message, String word, Collection<String> known) {
    mistake(node.at(), node.path(), node.single(), message, Names.nearest(word, known));
  }

  public void mistake(
      Position at,
      String path,
      @Nullable String value,
      String message,
      @Nullable String suggestion) {
    if (settled.contains(path)) {
      return;
    }
    mistakes.add(new Mistake(at.file(), at.line(), at.column(), path, value, message, suggestion));
  }

  public void warning(Position at, String path, String message) {
    warning(at, path, message, null);
  }

  public void warning(Position at, String path, String message, @Nullable String suggestion) {
    warnings.add(new Mistake(at.file(), at.line(), at.column(), path, null, message, suggestion));
  }

  public List<Mistake> mistakes() {
    return sorted(mistakes);
  }

  public List<Mistake> warnings() {
    return sorted(warnings);
  }

  private List<Mistake> sorted(List<Mistake> found) {
    List<Mistake> all = new ArrayList<>(found.size());
    for (Mistake mistake : found) {
      Mistake shown = hide(mistake);
      if (!all.contains(shown)) {
        all.add(shown);
      }
    }
    all.sort(
        Comparator.<Mistake, Boolean>comparing(m -> m.file().startsWith("--"))
            .thenComparing(Mistake::file)
            .thenComparing(Mistake::line)
            .thenComparing(Mistake::column));
    return List.copyOf(all);
  }

  private Mistake hide(Mistake m) {
    if (secrets.isEmpty()) {
      return m;
    }
    String value = m.value();
    String message = m.message();
    for (Map.Entry<String, String> secret : secrets.entrySet()) {
      message = message.replace(secret.getKey(), secret.getValue());
      value = value == null ? null : value.replace(secret.getKey(), secret.getValue());
    }
    return new Mistake(m.file(), m.line(), m.column(), m.path(), value, message, m.suggestion());
  }
}
