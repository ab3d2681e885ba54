package dev.sluice.models.djl.tokens;

import dev.sluice.models.ModelException;
import dev.sluice.models.chat.ChatFiles;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.runners.fuzz.targets.Broken;
import dev.sluice.runners.fuzz.targets.Sentence;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Opens the text side of a model directory, for a look at what strange files do. */
public final class TokenizerReads {
  private static final List<String> TEXTS =
      List.of(
          "23+4-8*3\n#57",
          "Hello  world, it's 12:30 — naïve 漢字 \ud83d\ude00!\n\n\tEnd.",
          "",
          "<s>[INST] Hi [/INST]</s><|im_start|>user\n",
          "half \ud800",
          "a".repeat(300) + " ".repeat(50));

  /** Longer than what any expression takes without a look; read of a few inputs alone. */
  private static final String LONG = "ab 1\n".repeat(60) + " ".repeat(6000) + "a".repeat(3000);

  private static final int SELDOM = 4;

  private TokenizerReads() {}

  /** Whether the files of a folder can be used. */
  public static boolean read(Path folder) {
    ChatFiles files = ChatFiles.read(folder);
    files.specialTokens();
    for (boolean tools : new boolean[] {false, true}) {
      try {
        files.template(tools);
      } catch (ModelException e) {
        Sentence.check(e.getMessage());
      }
    }
    byte[] json = ModelDirectory.bytes(folder.resolve(ModelDirectory.TOKENIZER));
    boolean taken = false;
    try (TextTokenizer tokenizer = TextTokenizer.of(json, folder.toString())) {
      taken = encode(tokenizer);
    } catch (ModelException e) {
      Sentence.check(e.getMessage());
    }
    try (HuggingFaceTextTokenizer tokenizer =
        new HuggingFaceTextTokenizer(TokenizerJson.completed(json, files), folder.toString())) {
      taken |= encode(tokenizer);
      if (json.length % SELDOM == 0) {
        whole(tokenizer);
      }
    }
    return taken;
  }

  private static void whole(HuggingFaceTextTokenizer tokenizer) {
    try {
      int[] ids = tokenizer.encode(LONG, true);
      tokenizer.decode(ids, ids.length, false);
    } catch (ModelException e) {
      Sentence.check(e.getMessage());
    }
  }

  private static boolean encode(TextTokenizer tokenizer) {
    boolean taken = false;
    for (String text : TEXTS) {
      try {
        int[] ids = tokenizer.encode(text);
        Broken.unless(
            Arrays.equals(ids, tokenizer.encode(text)), "The same ids for the same text.");
        Broken.unless(Arrays.stream(ids).allMatch(id -> id >= 0), "Ids are from 0 on.");
        tokenizer.encodePrompt(text);
        tokenizer.decode(ids, ids.length);
        taken = true;
      } catch (ModelException e) {
        Sentence.check(e.getMessage());
      }
    }
    return taken;
  }
}
