package dev.sluice.pipelines.parts;

import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import java.nio.file.Path;
import java.util.List;

/** A tokenizer with a token for each character; it trains nothing. */
final class CharacterTrainer implements Trainer {
  @Override
  public int[] encode(String text) {
    return text.chars().toArray();
  }

  @Override
  public int[] encodePrompt(String text) {
    return encode(text);
  }

  @Override
  public int endOfText() {
    return 0;
  }

  @Override
  public StepReport step(List<TrainingSequence> batch, Loss loss) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int steps() {
    return 0;
  }

  @Override
  public void checkpoint(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void restore(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void save(Path folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
