package dev.sluice.runners.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.chat.Chat;
import dev.sluice.models.djl.tokens.ChatTokenizer;
import dev.sluice.records.json.Json;
import dev.sluice.runners.cli.terminal.ExitCode;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.Terminal;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tokenize",
    description =
        "Converts texts, or conversations in the model's chat template, to token ids and back. Needs no weights.")
final class ModelTokenizeCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private GlobalOptions global = new GlobalOptions();

  @Parameters(paramLabel = "DIR", description = "Folder of the model, or builtin:NAME.")
  private String folder = "";

  @Option(names = "--text-file", paramLabel = "F", description = "Texts, one JSON string per line.")
  private @Nullable Path textFile;

  @Option(
      names = "--chat",
      paramLabel = "F",
      description =
          "A JSON list of conversations, each a list of messages. The generation prompt is added.")
  private @Nullable Path chatFile;

  ModelTokenizeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if ((textFile == null) == (chatFile == null)) {
      throw new UserMistake("Text comes from --text-file or from --chat; give one of them.");
    }
    try (ChatTokenizer tokenizer = ChatTokenizer.open(ModelFolder.of(folder))) {
      if (textFile != null) {
        say("texts", texts(tokenizer, textFile), "decoded");
      } else if (chatFile != null) {
        say("conversations", conversations(tokenizer, chatFile), "rendered");
      }
    }
    return ExitCode.DONE;
  }

  private static List<Map<String, Object>> texts(ChatTokenizer tokenizer, Path file) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (String text : TokenLists.texts(file)) {
      int[] ids = tokenizer.encode(text);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("ids", list(ids));
      row.put("decoded", tokenizer.decode(ids));
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, Object>> conversations(ChatTokenizer tokenizer, Path file) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (JsonNode messages : TokenLists.json(file)) {
      String rendered = tokenizer.render(Chat.of(messages));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("rendered", rendered);
      row.put("ids", list(tokenizer.encodePlain(rendered)));
      rows.add(row);
    }
    return rows;
  }

  private static List<Integer> list(int[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }

  private void say(String name, List<Map<String, Object>> rows, String text) {
    if (global.json()) {
      terminal.out().println(Json.compact(Map.of(name, rows)));
      return;
    }
    for (Map<String, Object> row : rows) {
      terminal.out().println(row.get(text));
      terminal.out().println(row.get("ids"));
    }
  }
}
