package dev.sluice.methods.answers;

import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks at sets of reference answers, {@code *.jsonl} with the key {@code answer} or {@code
 * reference_answer}: what is read, what a reply that boxes the reference gives, and whether {@link
 * AnswerSpellings} and {@link AnswerNearMisses} are told apart.
 */
final class AnswerSets {
  private static final int ENOUGH = 5;

  private final boolean all;
  private final List<String> pairs = new ArrayList<>();

  private AnswerSets(boolean all) {
    this.all = all;
  }

  /**
   * {@code FOLDER [--all] [--pairs FILE]}.
   *
   * <p>{@code --all} lists what is not read and which references are equal; {@code --pairs} writes
   * every pair with what is expected and found, for other checkers.
   */
  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    AnswerSets sets = new AnswerSets(given.contains("--all"));
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        sets.look(file.getFileName().toString(), answers(file));
      }
    }
    int at = given.indexOf("--pairs");
    if (at >= 0) {
      Files.write(Path.of(given.get(at + 1)), sets.pairs);
    }
  }

  private static List<String> answers(Path file) throws IOException {
    List<String> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Map<?, ?> row = (Map<?, ?>) Objects.requireNonNull(Json.parse(line));
      Object answer = row.containsKey("answer") ? row.get("answer") : row.get("reference_answer");
      if (answer != null) {
        answers.add(answer instanceof String text ? text : Json.compact(answer));
      }
    }
    return answers;
  }

  private void look(String name, List<String> answers) {
    Set<String> unread = new LinkedHashSet<>();
    int boxed = 0;
    int read = 0;
    Map<String, Set<String>> byKey = new LinkedHashMap<>();
    Map<String, Integer> kinds = new TreeMap<>();
    Set<String> references = new LinkedHashSet<>();
    for (String answer : answers) {
      String reference = Reference.read(answer);
      if (AnswerEquality.reads(reference)) {
        read++;
        references.add(reference);
      } else {
        unread.add(reference);
      }
      String said =
          AnswerReader.read("So the result is \\boxed{" + reference + "}.", "").orElse("");
      boolean equal = AnswerEquality.matches(reference, said);
      boxed += equal ? 1 : 0;
      if (!equal) {
        System.out.println("  NOT EQUAL " + answer + " -> " + reference + " / " + said);
      }
      kinds.merge(AnswerParser.parse(reference).getClass().getSimpleName(), 1, Integer::sum);
      byKey
          .computeIfAbsent(AnswerEquality.key(reference), key -> new LinkedHashSet<>())
          .add(reference);
    }
    System.out.printf(
        "%s: %d answers, %d read (%.1f %%), %d boxed equal, %s%n",
        name, answers.size(), read, 100.0 * read / answers.size(), boxed, kinds);
    variants(name, references);
    if (all) {
      unread.forEach(each -> System.out.println("  UNREAD " + each.replace("\n", " ")));
      byKey.forEach(
          (key, texts) -> {
            if (texts.size() > 1) {
              System.out.println(
                  "  SAME " + key + "  <=  " + String.join("  |  ", texts).replace("\n", " "));
            }
          });
    }
  }

  private void variants(String name, Set<String> references) {
    int spelled = 0;
    int spelledWrong = 0;
    int missed = 0;
    int missedWrong = 0;
    int few = 0;
    for (String reference : references) {
      Map<String, String> spellings = AnswerSpellings.of(reference);
      Map<String, String> nearMisses = AnswerNearMisses.of(reference);
      few += spellings.size() < ENOUGH || nearMisses.size() < ENOUGH ? 1 : 0;
      for (Map.Entry<String, String> each : spellings.entrySet()) {
        boolean matches = compared(name, each.getKey(), reference, each.getValue(), true);
        spelled++;
        spelledWrong += matches ? 0 : 1;
      }
      for (Map.Entry<String, String> each : nearMisses.entrySet()) {
        boolean matches = compared(name, each.getKey(), reference, each.getValue(), false);
        missed++;
        missedWrong += matches ? 1 : 0;
      }
    }
    System.out.printf(
        "  of %d different ones: %d other spellings, %d do not match; %d near misses, %d match; fewer than %d of a kind: %d%n",
        references.size(), spelled, spelledWrong, missed, missedWrong, ENOUGH, few);
  }

  private boolean compared(
      String name, String rule, String reference, String variant, boolean expected) {
    boolean matches = AnswerEquality.matches(reference, variant);
    if (matches != expected) {
      System.out.printf(
          "  %s by '%s': %s  ~  %s   (%s ~ %s)%n",
          expected ? "NO MATCH" : "MATCH",
          rule,
          reference,
          variant,
          AnswerEquality.key(reference),
          AnswerEquality.key(variant));
    }
    pairs.add(
        Json.compact(
            Map.of(
                "set",
                name,
                "rule",
                rule,
                "reference",
                reference,
                "answer",
                variant,
                "expected",
                expected,
                "matches",
                matches)));
    return matches;
  }
}
