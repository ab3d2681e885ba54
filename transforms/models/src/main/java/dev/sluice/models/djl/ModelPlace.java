package dev.sluice.models.djl;

import dev.sluice.models.ModelException;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.WeightFiles;
import dev.sluice.models.provider.ModelEntry;
import dev.sluice.models.provider.ModelIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where models of the provider {@code djl} are: inside the product, or in a directory. */
public final class ModelPlace {
  private static final String BUILTIN = "builtin:";

  private ModelPlace() {}

  /**
   * The model of a name, with the content hash of its weights, shape and tokenizer.
   *
   * @param from {@code builtin:NAME}, or a directory
   * @throws ModelException if it is missing or damaged
   */
  public static ModelIdentity find(ModelEntry entry, String from) {
    if (from.startsWith(BUILTIN)) {
      return new ModelIdentity(from, BuiltinModels.revision(from.substring(BUILTIN.length())));
    }
    Path folder = Path.of(from).toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw new ModelException(
          "Model '%s': there is no directory '%s'. Check 'from' of the entry, or use builtin:NAME (%s)."
              .formatted(entry.name(), from, String.join(", ", BuiltinModels.names())));
    }
    String revision =
        entry.files().of("djl", WeightFiles.names(folder), () -> ModelDirectory.revision(folder));
    return new ModelIdentity(folder.toString(), revision);
  }

  /**
   * What a person should know of a model that is there, without loading it.
   *
   * @throws ModelException if it is none that can be opened
   */
  public static List<String> look(String from) {
    if (from.startsWith(BUILTIN)) {
      String unused = BuiltinModels.revision(from.substring(BUILTIN.length()));
    }
    return from.contains(":") ? List.of() : ModelDirectory.look(Path.of(from));
  }

  /**
   * The chat templates of a model, as text.
   *
   * @param name what the file calls the model, for messages
   * @param location as in its identity
   * @throws ModelException if it has none
   */
  public static String templates(String name, String location) {
    Map<String, String> templates =
        location.startsWith(BUILTIN) ? Map.of() : ChatFiles.read(Path.of(location)).templates();
    if (templates.isEmpty()) {
      throw new ModelException(
          "Model '%s': endpoint is chat, but '%s' has no chat template (%s, or chat_template in %s). Add it, or use endpoint: completions."
              .formatted(name, location, ChatFiles.TEMPLATE, ChatFiles.CONFIG));
    }
    return new TreeMap<>(templates).toString();
  }

  /** The directory of a location, on this machine. */
  public static Path folder(String location) {
    return location.startsWith(BUILTIN)
        ? BuiltinModels.folder(location.substring(BUILTIN.length()))
        : Path.of(location);
  }
}
