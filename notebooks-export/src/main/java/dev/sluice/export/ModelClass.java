package dev.sluice.export;

import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The class of Hugging Face transformers that loads a model directory. */
final class ModelClass {
  private ModelClass() {}

  static String of(Path folder) {
    String architecture =
        fields(folder.resolve("config.json")).get("architectures") instanceof List<?> names
                && !names.isEmpty()
            ? String.valueOf(names.get(0))
            : "";
    if (architecture.endsWith("ForTokenClassification")) {
      return "AutoModelForTokenClassification";
    }
    return architecture.endsWith("ForSequenceClassification")
        ? "AutoModelForSequenceClassification"
        : "AutoModelForCausalLM";
  }

  /** A JSON file's fields; none if it is missing or no object. */
  static Map<?, ?> fields(Path file) {
    try {
      return Json.parse(Files.readAllBytes(file)) instanceof Map<?, ?> fields ? fields : Map.of();
    } catch (IOException | JsonException e) {
      return Map.of();
    }
  }
}
