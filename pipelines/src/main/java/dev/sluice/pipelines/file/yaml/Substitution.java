package dev.sluice.pipelines.file.yaml;

import dev.sluice.records.Names;
import dev.sluice.records.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Replaces references to the environment ({@code ${ENV_NAME}}) and to parameters ({@code
 * ${param.name}}, or {@code ${param.name:default}}) in parsed values, never in text: a value cannot
 * bring in YAML. A value that is nothing but one reference gets the type of what replaces it. Two
 * dollars before the brace stand for one, and nothing is replaced.
 */
public final class Substitution {
  private static final String PARAM = "param.";

  /** What a fire is asked for; put in when the schedule fires. */
  private static final Set<String> OF_A_FIRE = Set.of("fire.time", "fire.date");

  private final Map<String, String> params;
  private final Map<String, String> environment;
  private final Set<String> written;
  private final Findings findings;
  private final Set<String> used = new TreeSet<>();
  private final Map<String, String> secrets = new TreeMap<>();

  public Substitution(Map<String, String> params, LoadContext surroundings, Findings findings) {
    this.params = params;
    this.environment = surroundings.environment();
    this.written = surroundings.written();
    this.findings = findings;
  }

  /** Texts that came from the environment, and what stands for them in the file. */
  public Map<String, String> secrets() {
    return secrets;
  }

  public YamlNode apply(YamlNode node) {
    if (node instanceof YamlNode.Sequence list) {
      List<YamlNode> items = new ArrayList<>(list.items().size());
      list.items().forEach(item -> items.add(apply(item)));
      return new YamlNode.Sequence(list.at(), list.path(), items);
    }
    if (node instanceof YamlNode.Mapping block) {
      Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
      block
          .entries()
          .forEach(
              (key, entry) ->
                  entries.put(key, new YamlNode.Entry(entry.key(), apply(entry.value()))));
      return new YamlNode.Mapping(block.at(), block.path(), entries);
    }
    YamlNode.Scalar scalar = (YamlNode.Scalar) node;
    return scalar.text().contains("${") ? replace(scalar) : scalar;
  }

  /** Reports parameters that were given and that the file does not use. */
  public void reportUnused(Position start) {
    for (String name : params.keySet()) {
      // Those that the file itself writes are reported at their place.
      if (!used.contains(name) && !written.contains(name)) {
        findings.mistake(
            start,
            "",
            params.get(name),
            "--param %s is given, but the file uses ${param.%1$s} nowhere".formatted(name),
            Names.nearest(name, used));
      }
    }
  }

  /** Reports parameters that the schedule of the file gives and that the file does not use. */
  public void reportUnused(YamlNode root) {
    paramsOfSchedule(root)
        .forEach(
            (name, entry) -> {
              if (!used.contains(name)) {
                findings.mistake(
                    entry.key(),
                    entry.value().path(),
                    entry.value().single(),
                    "unknown key '%s': the file uses ${param.%1$s} nowhere".formatted(name),
                    Names.nearest(name, used));
              }
            });
  }

  /** The parameters that the schedule of a file gives. */
  public static Map<String, YamlNode.Entry> paramsOfSchedule(@Nullable YamlNode root) {
    return root instanceof YamlNode.Mapping top
            && top.value("schedule") instanceof YamlNode.Mapping schedule
            && schedule.value("params") instanceof YamlNode.Mapping given
        ? given.entries()
        : Map.of();
  }

  private YamlNode.Scalar replace(YamlNode.Scalar scalar) {
    int before = findings.count();
    YamlNode.Scalar replaced = replaced(scalar);
    if (findings.count() > before) {
      findings.settled(scalar.path());
    }
    return replaced;
  }

  private YamlNode.Scalar replaced(YamlNode.Scalar scalar) {
    String text = scalar.text();
    StringBuilder replaced = new StringBuilder();
    boolean secret = false;
    boolean given = false;
    int from = 0;
    int open = text.indexOf("${");
    boolean whole = open == 0 && text.indexOf('}') == text.length() - 1;
    while (open >= 0) {
      if (open > from && text.charAt(open - 1) == '$') {
        replaced.append(text, from, open).append('{');
        from = open + 2;
      } else {
        int close = text.indexOf('}', open);
        if (close < 0) {
          findings.mistake(scalar, "a '${' is not closed; write '$${' for a plain '${'");
          return scalar;
        }
        String name = text.substring(open + 2, close);
        String value = lookUp(name, scalar);
        given |= open == 0 && outside(name);
        secret |= !name.startsWith(PARAM) && !OF_A_FIRE.contains(name);
        replaced.append(text, from, open).append(value);
        from = close + 1;
      }
      open = text.indexOf("${", from);
    }
    String result = replaced.append(text.substring(from)).toString();
    if (secret) {
      LiteralTexts.objection(scalar.path())
          .ifPresent(objection -> findings.mistake(scalar, objection));
    }
    if (secret && !result.equals(text)) {
      secrets.put(result, text);
      findings.secret(result, text);
    }
    Object value = whole ? Scalars.resolve(result) : result;
    return new YamlNode.Scalar(
        scalar.at(),
        scalar.path(),
        value,
        result,
        text,
        secret,
        scalar.given() || given,
        scalar.literal());
  }

  /** Whether what stands for a name comes from outside the file. */
  private boolean outside(String name) {
    if (!name.startsWith(PARAM)) {
      return true;
    }
    String param = name.substring(PARAM.length()).split(":", 2)[0];
    return params.containsKey(param) && !written.contains(param);
  }

  /** What a name stands for; the {@code ${name}} itself after a mistake. */
  private String lookUp(String name, YamlNode.Scalar scalar) {
    if (name.startsWith(PARAM)) {
      int colon = name.indexOf(':');
      String param = name.substring(PARAM.length(), colon < 0 ? name.length() : colon);
      used.add(param);
      String value = params.get(param);
      if (value == null && colon >= 0) {
        value = name.substring(colon + 1);
      }
      if (value == null) {
        findings.mistake(
            scalar,
            "parameter '%s' is not set; set it with --param %1$s=VALUE".formatted(param),
            param,
            params.keySet());
      }
      return value == null ? "${" + name + "}" : value;
    }
    if (OF_A_FIRE.contains(name)) {
      if (!scalar.path().startsWith("schedule.params.")) {
        findings.mistake(
            scalar,
            "'${%s}' stands for the time of a fire under schedule.params alone; give it a name there, and write ${param.NAME} here"
                .formatted(name));
      }
      return "${" + name + "}";
    }
    if (!environmentName(name)) {
      findings.mistake(
          scalar,
          "'${%s}' is neither a parameter (${param.NAME}, ${param.NAME:default}) nor an environment variable (${NAME}, without a default)"
              .formatted(name));
      return "${" + name + "}";
    }
    String value = environment.get(name);
    if (value == null) {
      findings.mistake(
          scalar,
          "environment variable '%s' is not set; set it with export %1$s=VALUE".formatted(name));
      return "${" + name + "}";
    }
    findings.secret(value, "${" + name + "}");
    Secrets.add(value, "${" + name + "}");
    return value;
  }

  private static boolean environmentName(String name) {
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      return false;
    }
    return name.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
  }
}
