package dev.sluice.pipelines.plan;

import dev.sluice.pipelines.file.ConfigTexts;
import dev.sluice.records.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what changed between two versions of a stage, down to the key. */
final class Reasons {
  private static final int MAX_LENGTH = 40;
  private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

  private Reasons() {}

  /** What changed, as a sentence without its end; empty if nothing that is known did. */
  static String changed(FingerprintInputs before, FingerprintInputs now) {
    List<String> changes = new ArrayList<>();
    if (before.behaviourVersion() != now.behaviourVersion()) {
      changes.add(
          "the stage type's behaviour changed (version %d to %d)"
              .formatted(before.behaviourVersion(), now.behaviourVersion()));
    }
    Map<String, String> old = flat(before.config());
    Map<String, String> fresh = flat(now.config());
    for (String key : keys(old, fresh)) {
      String from = old.getOrDefault(key, "absent");
      String to = fresh.getOrDefault(key, "absent");
      if (!from.equals(to) && key.endsWith(ConfigTexts.VERSION)) {
        changes.add(part(key, old.getOrDefault(key, "1"), fresh.getOrDefault(key, "1")));
      } else if (!from.equals(to)) {
        changes.add("`%s` changed from %s to %s".formatted(key, brief(from), brief(to)));
      }
    }
    if (before.seed() != now.seed()) {
      changes.add("the seed changed from %d to %d".formatted(before.seed(), now.seed()));
    }
    different(before.models(), now.models(), "the model at `%s` changed", changes);
    different(before.files(), now.files(), "the file at `%s` changed", changes);
    if (!before.engine().equals(now.engine())) {
      changes.add("the native engine changed from " + before.engine() + " to " + now.engine());
    }
    plugins(before.plugins(), now.plugins(), changes);
    different(before.inputs(), now.inputs(), "the rows of `%s` changed", changes);
    return String.join("; ", changes);
  }

  /**
   * What can be kept where only a number grew: it holds the old number as far as it went.
   *
   * @param unit the config now, without keys of extent
   */
  static Optional<Growth> growth(
      FingerprintInputs before, FingerprintInputs now, Map<String, ?> unit) {
    Map<String, String> old = flat(before.config());
    Map<String, String> fresh = flat(now.config());
    Set<String> kept = flat(unit).keySet();
    Optional<Growth> growth = Optional.empty();
    for (String key : keys(old, fresh)) {
      String from = old.getOrDefault(key, "");
      String to = fresh.getOrDefault(key, "");
      if (from.equals(to)) {
        continue;
      }
      boolean grew =
          !kept.contains(key) && WHOLE.matcher(from).matches() && WHOLE.matcher(to).matches();
      if (!grew || growth.isPresent() || Long.parseLong(from) >= Long.parseLong(to)) {
        return Optional.empty();
      }
      growth = Optional.of(new Growth(key, Long.parseLong(from), Long.parseLong(to)));
    }
    return before.with(now.config()).equals(now) ? growth : Optional.empty();
  }

  /** A number that grew, with nothing else changed. */
  record Growth(String key, long from, long to) {}

  private static void different(
      Map<String, ? extends @Nullable String> before,
      Map<String, ? extends @Nullable String> now,
      String sentence,
      List<String> changes) {
    for (String key : keys(before, now)) {
      if (!Objects.equals(before.get(key), now.get(key))) {
        changes.add(sentence.formatted(key));
      }
    }
  }

  /**
   * A jar that was only renamed changed nothing; one of another name and content is taken for a new
   * version of one that is gone.
   */
  private static void plugins(
      Map<String, String> before, Map<String, String> now, List<String> changes) {
    List<String> fresh =
        now.keySet().stream().filter(jar -> !before.containsValue(now.get(jar))).toList();
    List<String> gone =
        before.keySet().stream()
            .filter(jar -> !now.containsKey(jar) && !now.containsValue(before.get(jar)))
            .toList();
    fresh.forEach(jar -> changes.add("the plugin %s changed".formatted(jar)));
    gone.stream()
        .skip(fresh.size())
        .forEach(jar -> changes.add("the plugin %s is not used any more".formatted(jar)));
  }

  private static String part(String key, String from, String to) {
    String at = key.substring(0, Math.max(0, key.length() - ConfigTexts.VERSION.length() - 1));
    return "the behaviour of the part at `%s` changed (version %s to %s)".formatted(at, from, to);
  }

  private static List<String> keys(Map<String, ?> one, Map<String, ?> other) {
    Map<String, Boolean> all = new TreeMap<>();
    one.keySet().forEach(key -> all.put(key, true));
    other.keySet().forEach(key -> all.put(key, true));
    return List.copyOf(all.keySet());
  }

  private static String brief(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
  }

  private static Map<String, String> flat(Map<String, ?> config) {
    Map<String, String> leaves = new TreeMap<>();
    flatten("", config, leaves);
    return leaves;
  }

  private static void flatten(String path, @Nullable Object node, Map<String, String> leaves) {
    if (node instanceof Map<?, ?> block) {
      block.forEach(
          (key, value) -> flatten(path.isEmpty() ? "" + key : path + "." + key, value, leaves));
    } else if (node instanceof List<?> list
        && !list.isEmpty()
        && (list.get(0) instanceof Map || list.get(0) instanceof List)) {
      for (int i = 0; i < list.size(); i++) {
        flatten(path + "[" + i + "]", list.get(i), leaves);
      }
    } else {
      leaves.put(path, Json.line(node));
    }
  }
}
