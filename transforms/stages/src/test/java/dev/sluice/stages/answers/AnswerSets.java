package dev.sluice.stages.answers;

import dev.sluice.records.Json;
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
import java.util.stream.Stream;

/**
 * Looks at sets of reference answers ({@code *.jsonl} with the key {@code answer}, or {@code
 * reference_answer}): {@code ./dev answers FOLDER [--all]}.
 */
final class AnswerSets {
  private AnswerSets() {}

  public static void main(String[] arguments) throws IOException {
    boolean all = List.of(arguments).contains("--all");
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).sorted().toList()) {
        look(file, all);
      }
    }
  }

  private static void look(Path file, boolean all) throws IOException {
    List<String> answers = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Map<?, ?> row = (Map<?, ?>) Objects.requireNonNull(Json.parse(line));
      Object answer = row.containsKey("answer") ? row.get("answer") : row.get("reference_answer");
      if (answer != null) {
        answers.add(answer instanceof String text ? text : Json.compact(answer));
      }
    }
    Set<String> unread = new LinkedHashSet<>();
    int read = 0;
    int boxed = 0;
    Map<String, Set<String>> byKey = new LinkedHashMap<>();
    Map<String, Integer> kinds = new LinkedHashMap<>();
    for (String answer : answers) {
      String reference = Reference.read(answer);
      boolean reads = AnswerEquality.reads(reference);
      read += reads ? 1 : 0;
      if (!reads) {
        unread.add(reference);
      }
      String said = AnswerReader.read("So the result is \\boxed{" + answer + "}.", "").orElse("");
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
        "%s: %d answers, %.1f %% read, %d boxed equal, %s%n",
        file.getFileName(), answers.size(), 100.0 * read / answers.size(), boxed, kinds);
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
}
