package dev.sluice.methods.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What every built-in family asks, to the character, and what it reads. The files were written when
 * the texts were Java code.
 */
class PromptGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/prompt");
  private static final List<String> WHOLE = List.of("two", "template");

  @Test
  void prompt_ofEachFamily_isTheTextOfBefore() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (String form : List.of("chat", "few_shot")) {
      PromptCases.problems()
          .forEach(
              (name, problem) -> {
                for (String family : PromptCases.SOLVERS) {
                  if (!family.equals("task") || form.equals("chat")) {
                    texts.put(
                        key("solve", family, form, name),
                        said(() -> solve(family, form).text(problem)));
                  }
                }
                PromptCases.solutions()
                    .forEach(
                        (solution, text) -> {
                          for (String family : PromptCases.JUDGES) {
                            for (boolean steps : List.of(true, false)) {
                              if (!family.equals("task") || form.equals("chat")) {
                                texts.put(
                                    key(
                                        "judge",
                                        family,
                                        form,
                                        name,
                                        solution,
                                        steps ? "steps" : "whole"),
                                    said(() -> judge(family, form).text(problem, text, steps)));
                              }
                            }
                          }
                        });
              });
    }
    Map<String, String> hashes = new TreeMap<>();
    texts.forEach((key, text) -> hashes.put(key, Hashes.hex(text).substring(0, 16)));
    compare("hashes.txt", lines(hashes));
    Map<String, String> whole = new TreeMap<>(texts);
    whole
        .keySet()
        .removeIf(
            key -> {
              List<String> parts = List.of(key.split("/", -1));
              return !parts.get(3).equals("template")
                  || (parts.size() > 4
                      && !(WHOLE.contains(parts.get(4)) && parts.get(5).equals("steps")))
                  || (parts.size() > 4
                      && parts.get(4).equals("template")
                      && parts.get(2).equals("few_shot"));
            });
    StringBuilder shown = new StringBuilder();
    whole.forEach(
        (key, text) -> shown.append("===== ").append(key).append('\n').append(text).append("|\n"));
    compare("texts.txt", shown.toString());
  }

  @Test
  void reply_toEachFamily_isReadAsBefore() throws IOException {
    Map<String, String> read = new TreeMap<>();
    for (String family : PromptCases.JUDGES) {
      JudgePrompt prompt = judge(family, "chat");
      PromptCases.problems()
          .forEach(
              (name, problem) -> {
                if (!List.of("chain", "plain").contains(name)) {
                  return;
                }
                List<String> replies = PromptCases.replies();
                for (int i = 0; i < replies.size(); i++) {
                  String reply = replies.get(i);
                  StringBuilder line = new StringBuilder();
                  for (int steps : List.of(1, 2, 3)) {
                    line.append(letters(prompt.verdicts(problem, reply, steps))).append(' ');
                  }
                  line.append(letters(Optional.of(prompt.stated(problem, reply)))).append(' ');
                  line.append(letters(prompt.finalVerdict(problem, reply).map(List::of)));
                  line.append(' ').append(letters(prompt.outcome(problem, reply).map(List::of)));
                  read.put("%s/%s/%02d".formatted(family, name, i), line.toString());
                }
              });
    }
    compare("replies.txt", lines(read));
  }

  private static SolvePrompt solve(String family, String form) {
    return SolvePrompt.of(family, Form.valueOf(form.toUpperCase(Locale.ROOT)));
  }

  private static JudgePrompt judge(String family, String form) {
    return JudgePrompt.of(family, Form.valueOf(form.toUpperCase(Locale.ROOT)));
  }

  private static String key(String... parts) {
    return String.join("/", parts);
  }

  private static String said(Supplier<String> text) {
    try {
      return text.get();
    } catch (IllegalArgumentException e) {
      return "refused: " + e.getMessage();
    }
  }

  /** Such as {@code yyn}; {@code -} for no verdict, {@code .} for none of no steps. */
  private static String letters(Optional<List<Boolean>> verdicts) {
    return verdicts
        .map(
            all ->
                all.isEmpty()
                    ? "."
                    : all.stream().map(right -> right ? "y" : "n").collect(Collectors.joining()))
        .orElse("-");
  }

  private static String lines(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach((key, value) -> text.append(key).append(' ').append(value).append('\n'));
    return text.toString();
  }

  private static void compare(String name, String text) throws IOException {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, text);
    }
    assertThat(text).as("rewrite it with -Dgolden.update=true").isEqualTo(Files.readString(file));
  }
}
