package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.builtin.BuiltinModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The built-in solver as a Hugging Face directory. */
final class TinySolver {
  private TinySolver() {}

  static Path folder() {
    return BuiltinModels.folder("tiny-solver");
  }

  /** A copy whose configs have null for a key. */
  static Path without(String key, Path target) throws IOException {
    for (String name : List.of("model.safetensors", "tokenizer.json")) {
      Files.copy(folder().resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    ObjectMapper mapper = new ObjectMapper();
    for (String name : List.of("config.json", "generation_config.json")) {
      ObjectNode config = (ObjectNode) mapper.readTree(folder().resolve(name).toFile());
      config.putNull(key);
      Files.writeString(target.resolve(name), config.toPrettyString());
    }
    return target;
  }
}
