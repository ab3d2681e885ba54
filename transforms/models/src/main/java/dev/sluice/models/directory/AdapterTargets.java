package dev.sluice.models.directory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which modules an adapter changes, as PEFT decides it ({@code check_target_module_exists}).
 * Modules are called by their path in the model, such as {@code model.layers.0.self_attn.q_proj}.
 */
final class AdapterTargets {
  /** What PEFT takes for the families here if {@code target_modules} is null. */
  private static final List<String> BY_DEFAULT = List.of("q_proj", "v_proj");

  private static final String ALL_LINEAR = "all-linear";

  private final ConfigKeys keys;
  private final Selection targets;
  private final Selection excluded;
  private final List<NamePattern> saved = new ArrayList<>();
  private final List<String> savedNames;
  private final List<Integer> layers = new ArrayList<>();
  private final List<NamePattern> layerPatterns = new ArrayList<>();

  /** Modules by a regular expression for the whole name, or by the ends of their names. */
  private record Selection(List<NamePattern> whole, List<String> ends) {
    boolean has(String module) {
      return whole.stream().anyMatch(pattern -> pattern.matches(module))
          || ends.stream().anyMatch(end -> module.equals(end) || module.endsWith("." + end));
    }
  }

  AdapterTargets(ConfigKeys keys) {
    this.keys = keys;
    targets = keys.has("target_modules") ? selection("target_modules") : ends(BY_DEFAULT);
    excluded = selection("exclude_modules");
    savedNames = texts("modules_to_save");
    savedNames.forEach(
        name -> saved.add(pattern("modules_to_save", "(^|.*\\.)" + name + "($|\\..*)")));
    for (JsonNode layer : several("layers_to_transform")) {
      if (!layer.isInt()) {
        throw keys.wrong("layers_to_transform", "a layer's number or a list of them");
      }
      layers.add(layer.asInt());
    }
    List<String> names = texts("layers_pattern");
    if (names.isEmpty()) {
      layerPatterns.add(new NamePattern(Pattern.compile(".*?\\.[^.]*\\.(\\d{1,9})\\.")));
    }
    for (String name : names) {
      layerPatterns.add(pattern("layers_pattern", "(?:^|.*?\\.)" + name + "\\.(\\d{1,9})\\."));
    }
  }

  private static Selection ends(List<String> ends) {
    return new Selection(List.of(), ends);
  }

  private Selection selection(String key) {
    JsonNode given = keys.get(key);
    return given.isTextual()
        ? new Selection(List.of(pattern(key, given.asText())), List.of())
        : ends(texts(key));
  }

  /** A value alone counts as a list of one. */
  private Iterable<JsonNode> several(String key) {
    JsonNode given = keys.get(key);
    return given.isArray() ? given : keys.has(key) ? List.of(given) : List.of();
  }

  private List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode each : several(key)) {
      if (!each.isTextual()) {
        throw keys.wrong(key, "a text or a list of texts");
      }
      texts.add(each.asText());
    }
    return texts;
  }

  private NamePattern pattern(String key, String expression) {
    try {
      return new NamePattern(Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      throw keys.wrong(key, "a regular expression (" + e.getDescription() + ")");
    }
  }

  /** Whether a module was trained in full and is stored whole. */
  boolean saves(String module) {
    return savedNames.stream().anyMatch(module::endsWith);
  }

  /**
   * Whether a module has an adapter.
   *
   * @param linear whether it multiplies with a matrix, and is not what the model ends in
   */
  boolean changes(String module, boolean linear) {
    try {
      return decides(module, linear);
    } catch (NamePattern.TooHardException e) {
      throw new ModelException(
          "%s: %s. Name the modules in target_modules, exclude_modules and modules_to_save plainly."
              .formatted(keys.file(), e.getMessage()),
          e);
    }
  }

  private boolean decides(String module, boolean linear) {
    if (excluded.has(module) || saved.stream().anyMatch(s -> s.matches(module))) {
      return false;
    }
    JsonNode given = keys.get("target_modules");
    if (given.isTextual() && given.asText().toLowerCase(Locale.ROOT).equals(ALL_LINEAR)) {
      return linear;
    }
    return targets.has(module)
        && (given.isTextual() || targets.ends().contains(module) || inLayers(module));
  }

  private boolean inLayers(String module) {
    if (layers.isEmpty()) {
      return true;
    }
    for (NamePattern pattern : layerPatterns) {
      String layer = pattern.groupAtBegin(module);
      if (layer != null) {
        return layers.contains(Integer.parseInt(layer));
      }
    }
    return false;
  }
}
