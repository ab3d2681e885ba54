package dev.sluice.pipelines.file;

import dev.sluice.methods.prompt.Form;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.methods.prompt.PromptPurpose;
import dev.sluice.methods.prompt.PromptText;
import dev.sluice.methods.prompt.PromptVariable;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A prompt file by itself, without a pipeline file that names it. */
public final class PromptFile {
  private static final String KEY = "prompt";
  private static final String INSIDE = KEY + ".file.";

  private PromptFile() {}

  /**
   * What was read.
   *
   * @param text the prompt; empty if there were mistakes
   * @param mistakes with their places in the file
   */
  public record Read(Optional<PromptText> text, List<Mistake> mistakes) {}

  /**
   * Reads a file and checks it as a place would that has all variables.
   *
   * @param form the text that is to be used
   */
  public static Read read(Path file, Form form) {
    Findings findings = new Findings();
    String name = file.toString();
    Position at = new Position("", 1, 1);
    YamlNode.Mapping block =
        ContentFile.read(new YamlNode.Scalar(at, "", name, name), BaseFolders.none(), findings);
    PromptText text =
        block == null ? null : new Binder(findings).block(PromptText.class, block, Set.of());
    if (block != null && text != null && findings.count() == 0) {
      for (ConfigMistake mistake : check(text, form)) {
        YamlNode node = block;
        if (mistake.key().startsWith(INSIDE)) {
          YamlNode inner = block.value(mistake.key().substring(INSIDE.length()));
          node = inner == null ? block : inner;
        }
        findings.mistake(
            StageBinder.place(node, mistake), "", null, mistake.message(), suggestion(mistake));
      }
    }
    return new Read(
        findings.count() > 0 ? Optional.empty() : Optional.ofNullable(text), findings.mistakes());
  }

  private static List<ConfigMistake> check(PromptText text, Form form) {
    if (text.asksFor() == PromptPurpose.SOLUTION) {
      return new SolvePrompt(PromptFamily.TASK, form, text, null, null)
          .check(KEY, PromptVariable.SOLVE);
    }
    return new JudgePrompt(PromptFamily.TASK, form, text, null, null, null)
        .check(
            KEY,
            text.asksFor() == PromptPurpose.STEPS,
            "the file asks for it",
            PromptVariable.JUDGE_STAGE);
  }

  private static @Nullable String suggestion(ConfigMistake mistake) {
    return mistake.word().isEmpty() ? null : Names.nearest(mistake.word(), mistake.known());
  }
}
