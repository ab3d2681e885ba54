package dev.sluice.models.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.json.JsonFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the files of a model directory say of text beside {@code tokenizer.json}.
 *
 * @param folder named in errors
 * @param config {@code tokenizer_config.json}, with the special tokens of {@code
 *     special_tokens_map.json} where it names no added tokens itself
 * @param templates chat templates by name; one alone is {@value #DEFAULT}
 */
public record ChatFiles(Path folder, ObjectNode config, Map<String, String> templates) {
  public static final String TEMPLATE = "chat_template.jinja";
  public static final String CONFIG = "tokenizer_config.json";

  static final String DEFAULT = "default";
  private static final String TOOLS = "tool_use";
  static final String MORE_TEMPLATES = "additional_chat_templates";
  private static final String SPECIAL_TOKENS = "special_tokens_map.json";
  private static final List<String> SPECIAL =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a directory; what is absent is empty. What an adapter lacks is that of its base.
   *
   * @throws ModelException naming the file that is damaged
   */
  public static ChatFiles read(Path folder) {
    ChatFiles own = readAlone(folder);
    Path base = ModelDirectory.base(folder);
    if (base.equals(folder)) {
      return own;
    }
    ChatFiles theirs = readAlone(base);
    return new ChatFiles(
        folder,
        own.config().isEmpty() ? theirs.config() : own.config(),
        own.templates().isEmpty() ? theirs.templates() : own.templates());
  }

  private static ChatFiles readAlone(Path folder) {
    ObjectNode config = object(folder.resolve(CONFIG));
    if (!config.has("added_tokens_decoder")) {
      config.setAll(object(folder.resolve(SPECIAL_TOKENS)));
    }
    Map<String, String> templates = new TreeMap<>(files(folder));
    JsonNode inside = config.path("chat_template");
    if (templates.isEmpty() && inside.isTextual()) {
      templates.put(DEFAULT, inside.textValue());
    } else if (templates.isEmpty() && inside.isArray()) {
      inside.forEach(
          each -> templates.put(each.path("name").asText(), each.path("template").asText()));
    }
    return new ChatFiles(folder, config, templates);
  }

  private static Map<String, String> files(Path folder) {
    Map<String, String> templates = new LinkedHashMap<>();
    Path single = folder.resolve(TEMPLATE);
    if (Files.exists(single)) {
      templates.put(DEFAULT, text(single));
    }
    Path more = folder.resolve(MORE_TEMPLATES);
    if (Files.isDirectory(more)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(more, "*.jinja")) {
        for (Path file : all) {
          String name = String.valueOf(file.getFileName());
          templates.put(name.substring(0, name.length() - ".jinja".length()), text(file));
        }
      } catch (IOException e) {
        throw new ModelException(more + " cannot be read: " + RegularFiles.why(e), e);
      }
    }
    return templates;
  }

  private static ObjectNode object(Path file) {
    if (!Files.exists(file)) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      if (JSON.readTree(text(file)) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new ModelException(file + " is not JSON: " + JsonFault.words(e), e);
    }
    throw new ModelException(file + " must hold a JSON object.");
  }

  private static String text(Path file) {
    byte[] bytes = ModelDirectory.bytes(file);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ModelException(file + " cannot be read: " + RegularFiles.why(e), e);
    }
  }

  /** The texts of the special tokens that have one, such as {@code bos_token}. */
  public Map<String, String> specialTokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String name : SPECIAL) {
      JsonNode node = config.path(name);
      JsonNode text = node.isObject() ? node.path("content") : node;
      if (text.isTextual()) {
        tokens.put(name, text.textValue());
      }
    }
    return tokens;
  }

  /**
   * The template for a conversation: that for tools if it has some and there is one.
   *
   * @throws ModelException if there is none, saying where one would be
   */
  public String template(boolean tools) {
    String template = tools ? templates.get(TOOLS) : null;
    if (template == null) {
      template = templates.get(DEFAULT);
    }
    if (template != null) {
      return template;
    }
    throw new ModelException(
        templates.isEmpty()
            ? "The model %s has no chat template: it has neither %s nor 'chat_template' in %s. Take an instruct model, or put its template there."
                .formatted(folder, TEMPLATE, CONFIG)
            : "The model %s has several chat templates (%s), but none is called '%s'."
                .formatted(folder, String.join(", ", templates.keySet()), DEFAULT));
  }
}
