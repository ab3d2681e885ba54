package dev.sluice.models.djl.tokens;

import dev.sluice.models.ModelException;
import dev.sluice.models.chat.Chat;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.chat.ChatTemplate;
import dev.sluice.models.directory.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The text side of a model directory, equal to transformers' tokenizer: texts and conversations to
 * ids and back. Needs neither weights nor {@code config.json}. Safe for several threads.
 */
public final class ChatTokenizer implements AutoCloseable {
  private final ChatFiles files;
  private final HuggingFaceTextTokenizer tokenizer;
  private final Supplier<ZonedDateTime> clock;
  private final Map<Boolean, ChatTemplate> templates = new ConcurrentHashMap<>();

  private ChatTokenizer(Path folder, Supplier<ZonedDateTime> clock) {
    this.files = ChatFiles.read(folder);
    this.clock = clock;
    Path file = ModelDirectory.place(folder, ModelDirectory.TOKENIZER);
    if (!Files.exists(file)) {
      throw new ModelException(
          file + " cannot be read; text needs the tokenizer of the model, and there is none.");
    }
    byte[] json = ModelDirectory.bytes(file);
    tokenizer =
        new HuggingFaceTextTokenizer(TokenizerJson.completed(json, files), folder.toString());
  }

  /**
   * Opens a directory, with the time of this machine for templates that ask for it.
   *
   * @throws ModelException naming the file that is missing or damaged
   */
  public static ChatTokenizer open(Path folder) {
    return open(folder, ZonedDateTime::now);
  }

  /**
   * Opens a directory.
   *
   * @param clock for templates that write the date
   * @throws ModelException naming the file that is missing or damaged
   */
  public static ChatTokenizer open(Path folder, Supplier<ZonedDateTime> clock) {
    return new ChatTokenizer(folder, clock);
  }

  /** The ids of a text, with the special tokens that the tokenizer adds around it. */
  public int[] encode(String text) {
    return tokenizer.encode(text, true);
  }

  /** The ids of a text alone; what is written like a special token is one. */
  public int[] encodePlain(String text) {
    return tokenizer.encode(text, false);
  }

  /** The text of ids, special tokens kept. */
  public String decode(int[] ids) {
    return tokenizer.decode(ids, ids.length, false);
  }

  /** The text of ids, special tokens left out. */
  public String decodeWithoutSpecial(int[] ids) {
    return tokenizer.decode(ids, ids.length);
  }

  /** Whether the model has a chat template. */
  public boolean hasTemplate() {
    return !files.templates().isEmpty();
  }

  /**
   * The text of a conversation.
   *
   * @throws ModelException if there is no template, or it is wrong, or it refuses the conversation
   */
  public String render(Chat chat) {
    return templates
        .computeIfAbsent(
            !chat.tools().isNull(),
            tools -> new ChatTemplate(files.template(tools), "of " + files.folder(), clock))
        .render(chat, files.specialTokens());
  }

  /** The ids of a conversation: those of its text, to which no special tokens are added again. */
  public int[] encode(Chat chat) {
    return encodePlain(render(chat));
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
