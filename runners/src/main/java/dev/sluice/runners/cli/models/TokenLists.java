package dev.sluice.runners.cli.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.records.RegularFiles;
import dev.sluice.records.json.JsonFault;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of token ids, texts and conversations. */
final class TokenLists {
  // What follows a value would be lost in silence.
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private TokenLists() {}

  /** A JSON list of lists of ids. */
  static List<int[]> ids(Path file) {
    JsonNode all = json(file);
    List<int[]> lists = new ArrayList<>();
    for (JsonNode list : all) {
      if (!list.isArray()) {
        throw new UserMistake(
            "%s: element %d is %s, but the file is a JSON list of lists of token ids, such as [[1, 2], [3]]."
                .formatted(file, lists.size(), list));
      }
      int[] ids = new int[list.size()];
      for (int i = 0; i < ids.length; i++) {
        if (!list.get(i).canConvertToInt()) {
          throw new UserMistake(
              "%s: element %d of list %d is %s, but a token is a whole number."
                  .formatted(file, i, lists.size(), list.get(i)));
        }
        ids[i] = list.get(i).asInt();
      }
      lists.add(ids);
    }
    return lists;
  }

  /** A JSON list. */
  static JsonNode json(Path file) {
    try {
      JsonNode all = JSON.readTree(text(file));
      if (all == null || !all.isArray()) {
        throw new UserMistake("%s is no JSON list.".formatted(file));
      }
      return all;
    } catch (JsonProcessingException e) {
      throw new UserMistake("%s is not JSON: %s".formatted(file, JsonFault.words(e)));
    }
  }

  /** One text a line, JSON-quoted. */
  static List<String> texts(Path file) {
    List<String> texts = new ArrayList<>();
    int number = 0;
    for (String line : text(file).split("\r\n|\r|\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        JsonNode text = JSON.readTree(line);
        if (!text.isTextual()) {
          throw quoted(file, number);
        }
        texts.add(text.asText());
      } catch (JsonProcessingException e) {
        throw quoted(file, number);
      }
    }
    return texts;
  }

  private static UserMistake quoted(Path file, int line) {
    return new UserMistake(
        "%s:%d: a line is one text in JSON's quotes, such as \"How much is 2 + 3?\"."
            .formatted(file, line));
  }

  private static String text(Path file) {
    try {
      RegularFiles.check(file);
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UserMistake("%s cannot be read as text in UTF-8.".formatted(file));
    }
  }
}
