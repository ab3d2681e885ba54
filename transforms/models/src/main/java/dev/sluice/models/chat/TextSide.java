package dev.sluice.models.chat;

import dev.sluice.models.directory.ModelDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files of a model directory that text needs: tokenizer, its settings, chat templates. */
public final class TextSide {
  private static final List<String> TOKENIZER =
      List.of("tokenizer.json", "tokenizer.model", "vocab.json", "vocab.txt", "merges.txt");
  private static final List<String> SETTINGS =
      List.of(ChatFiles.CONFIG, "special_tokens_map.json", "added_tokens.json");

  private TextSide() {}

  /**
   * Copies the files into an existing folder, those of an adapter or, where it has none, of its
   * base, so that the copy means what the folder means. What is there already stays.
   *
   * @return names of the files written
   */
  public static List<String> copy(Path folder, Path out) throws IOException {
    List<String> written = new ArrayList<>();
    copy(folder, TOKENIZER, out, written);
    copy(folder, SETTINGS, out, written);
    Map<String, String> templates = ChatFiles.read(folder).templates();
    if (!templates.equals(ChatFiles.read(out).templates())) {
      for (Map.Entry<String, String> template : templates.entrySet()) {
        String name =
            template.getKey().equals(ChatFiles.DEFAULT)
                ? ChatFiles.TEMPLATE
                : ChatFiles.MORE_TEMPLATES + "/" + template.getKey() + ".jinja";
        Path file = out.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, template.getValue().getBytes(StandardCharsets.UTF_8));
        written.add(name);
      }
    }
    return written;
  }

  /** All of a group come from the folder that has the first of it. */
  private static void copy(Path folder, List<String> group, Path out, List<String> written)
      throws IOException {
    Path from = Files.exists(folder.resolve(group.get(0))) ? folder : ModelDirectory.base(folder);
    for (String name : group) {
      Path file = from.resolve(name);
      if (Files.exists(file) && Files.notExists(out.resolve(name))) {
        Files.copy(file, out.resolve(name));
        written.add(name);
      }
    }
  }
}
