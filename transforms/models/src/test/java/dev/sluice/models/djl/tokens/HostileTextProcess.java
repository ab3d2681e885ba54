package dev.sluice.models.djl.tokens;

import dev.sluice.models.ModelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads texts with tokenizers, in a process of its own that native code may end.
 *
 * <p>Each argument is a file: its first line is an expression that cuts, the second a unit, the
 * third how often it comes, the fourth what follows.
 */
final class HostileTextProcess {
  private HostileTextProcess() {}

  static String tokenizer(String expression) {
    return """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "post_processor": null, "decoder": {"type": "Fuse"},
         "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "%s"}, "behavior": "Isolated", "invert": false},
         "model": {"type": "WordLevel", "vocab": {"a": 0, "?": 1}, "unk_token": "?"}}"""
        .formatted(expression.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  public static void main(String[] files) throws Exception {
    for (String file : files) {
      List<String> lines = Files.readAllLines(Path.of(file));
      String text = lines.get(1).repeat(Integer.parseInt(lines.get(2))) + lines.get(3);
      String said;
      byte[] json = tokenizer(lines.get(0)).getBytes(StandardCharsets.UTF_8);
      try (HuggingFaceTextTokenizer tokenizer = new HuggingFaceTextTokenizer(json, "m")) {
        said = tokenizer.encode(text, false).length + " tokens";
      } catch (ModelException e) {
        said = String.valueOf(e.getMessage());
      }
      System.out.println(said);
    }
    System.out.println("alive");
  }
}
