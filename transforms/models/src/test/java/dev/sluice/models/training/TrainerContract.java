package dev.sluice.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.training.Trainer.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every trainer keeps. The model's vocabulary has at least 28 tokens. */
public abstract class TrainerContract {
  protected static final Optimizer OPTIMIZER =
      new Optimizer(2e-3, 0.9, 0.98, 1e-8, 0.01, 4, 0.1, 20, 1.0);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  protected Path folder;

  /** A trainer of a language model, the same each time. */
  protected abstract Trainer open();

  /** A language model that the trainer wrote. */
  protected abstract LanguageModel load(Path directory);

  /** Batch {@code number} of rows of several lengths, the first half of each without weight. */
  protected static List<TrainingSequence> batch(int number) {
    List<TrainingSequence> batch = new ArrayList<>();
    for (int row = 0; row < 6; row++) {
      int[] tokens = new int[6 + 3 * row];
      float[] weights = new float[tokens.length];
      for (int t = 0; t < tokens.length; t++) {
        tokens[t] = 2 + (t * t + row + number % 3) % 20;
        weights[t] = t < 3 ? 0 : 1;
      }
      batch.add(TrainingSequence.weighted(tokens, weights));
    }
    return batch;
  }

  @Test
  void learns() {
    try (Trainer trainer = open()) {
      double first = trainer.step(batch(0), new Loss.CrossEntropy()).loss();
      double last = first;
      for (int step = 1; step < 12; step++) {
        last = trainer.step(batch(0), new Loss.CrossEntropy()).loss();
      }
      assertThat(last).isLessThan(0.8 * first);
      assertThat(trainer.steps()).isEqualTo(12);
    }
  }

  @Test
  void reportsTokensAndTheScheduledLearningRate() {
    try (Trainer trainer = open()) {
      for (int step = 0; step < 6; step++) {
        StepReport report = trainer.step(batch(step), new Loss.CrossEntropy());
        assertThat(report.tokens()).isEqualTo(81);
        assertThat(report.learningRate()).isEqualTo(OPTIMIZER.learningRate(step, 20));
        assertThat(report.gradientNorm()).isPositive();
      }
    }
  }

  @Test
  void theSameCallsGiveTheSameBits() throws IOException {
    byte[] first = train(5, folder.resolve("first"));
    assertThat(train(5, folder.resolve("second"))).isEqualTo(first);
    assertThat(train(6, folder.resolve("third"))).isNotEqualTo(first);
  }

  private byte[] train(int steps, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Trainer trainer = open()) {
      for (int step = 0; step < steps; step++) {
        trainer.step(batch(step), new Loss.CrossEntropy());
      }
      trainer.save(directory);
    }
    return Files.readAllBytes(directory.resolve("model.safetensors"));
  }

  @Test
  void aRestoredTrainerGoesOnAsIfNothingHadHappened() throws IOException {
    byte[] undisturbed = train(7, folder.resolve("undisturbed"));
    Path checkpoint = Files.createDirectories(folder.resolve("checkpoint"));
    try (Trainer trainer = open()) {
      for (int step = 0; step < 4; step++) {
        trainer.step(batch(step), new Loss.CrossEntropy());
      }
      trainer.checkpoint(checkpoint);
      trainer.step(batch(9), new Loss.CrossEntropy());
    }
    Path resumed = Files.createDirectories(folder.resolve("resumed"));
    try (Trainer trainer = open()) {
      trainer.restore(checkpoint);
      assertThat(trainer.steps()).isEqualTo(4);
      for (int step = 4; step < 7; step++) {
        trainer.step(batch(step), new Loss.CrossEntropy());
      }
      trainer.save(resumed);
    }
    assertThat(Files.readAllBytes(resumed.resolve("model.safetensors"))).isEqualTo(undisturbed);
  }

  @Test
  void theLossIsThatOfTheSavedModel() {
    try (Trainer trainer = open()) {
      trainer.save(folder);
      double loss = trainer.step(batch(1), new Loss.CrossEntropy()).loss();
      try (LanguageModel model = load(folder)) {
        double sum = 0;
        int count = 0;
        for (TrainingSequence sequence : batch(1)) {
          for (float logprob : score(model, sequence)) {
            sum -= logprob;
            count++;
          }
        }
        assertThat(loss).isCloseTo(sum / count, within(1e-5));
      }
    }
  }

  /** Log-probabilities of the tokens from the fourth on. */
  protected static float[] score(LanguageModel model, TrainingSequence sequence) {
    int[] tokens = sequence.tokens();
    return model
        .score(
            List.of(
                new ScoreRequest(
                    Arrays.copyOf(tokens, 3), Arrays.copyOfRange(tokens, 3, tokens.length))))
        .get(0);
  }

  @Test
  void aBatchWithoutWeightIsRefused() {
    TrainingSequence sequence =
        TrainingSequence.weighted(new int[] {2, 3, 4}, new float[] {0, 0, 0});
    try (Trainer trainer = open()) {
      assertThatThrownBy(() -> trainer.step(List.of(sequence), new Loss.CrossEntropy()))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("at least one token with a weight above 0");
    }
  }
}
