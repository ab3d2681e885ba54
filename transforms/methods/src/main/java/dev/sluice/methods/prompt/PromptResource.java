package dev.sluice.methods.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A prompt that a module ships: {@code prompts/NAME.yaml} beside a class of it. */
public final class PromptResource implements PromptFamily {
  private final Class<?> beside;
  private final String name;
  private final PromptPurpose asksFor;
  private volatile @Nullable PromptText text;

  /**
   * @param beside a class in the package that has the folder {@code prompts}
   * @param asksFor as the file says; the file is read at the first use
   */
  public PromptResource(Class<?> beside, String name, PromptPurpose asksFor) {
    this.beside = beside;
    this.name = name;
    this.asksFor = asksFor;
  }

  @Override
  public PromptPurpose asksFor() {
    return asksFor;
  }

  @Override
  public String yaml() {
    String file = "prompts/" + name + ".yaml";
    try (InputStream in = beside.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(
            "The prompt '%s' has no file %s beside %s.".formatted(name, file, beside.getName()));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The prompt '%s' cannot be read.".formatted(name), e);
    }
  }

  @Override
  public PromptText text() {
    PromptText known = text;
    if (known == null) {
      known = PromptReader.read(name, yaml());
      text = known;
    }
    return known;
  }
}
