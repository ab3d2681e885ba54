package dev.sluice.models.training;

import dev.sluice.models.TextEncoder;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains one model: forward, backward, clip, step. Works in the caller's thread with a fixed number
 * of intra-op threads; one trainer works at a time in a process. The same calls give the same
 * weights to the bit on one type of machine.
 */
public interface Trainer extends TextEncoder, AutoCloseable {

  /** What one step did. */
  record StepReport(double loss, double gradientNorm, int tokens, double learningRate) {}

  /**
   * One optimiser step on a batch. The order of the batch is part of the result; inside, rows may
   * be sorted and cut into micro-batches of at most {@code micro_batch_tokens}.
   */
  StepReport step(List<TrainingSequence> batch, Loss loss);

  /** The token that ends a completion. */
  int endOfText();

  /** Number of steps done, checkpoints included. */
  int steps();

  /** Writes weights, optimiser state and step count into a folder that {@link #restore} reads. */
  void checkpoint(Path folder);

  /** Takes up where {@link #checkpoint} was called. */
  void restore(Path folder);

  /** Writes the model as a Hugging Face directory. */
  void save(Path folder);

  /** Releases everything. */
  @Override
  void close();
}
