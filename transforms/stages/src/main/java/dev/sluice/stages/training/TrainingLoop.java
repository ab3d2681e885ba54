package dev.sluice.stages.training;

import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.TrainingSequence;
import dev.sluice.records.Metric;
import dev.sluice.stages.MetricDefinition;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Steps of a trainer over batches that depend on the step's number alone, with checkpoints in
 * between: a killed loop goes on from the last one and ends with the same weights.
 */
public final class TrainingLoop {
  /** What the metrics mean. */
  public static final List<MetricDefinition> DEFINITIONS =
      List.of(
          MetricDefinition.perStep("loss", "Loss of every tenth training step."),
          MetricDefinition.perStep(
              "gradient_norm", "Norm of the gradient of the same steps, before clipping."));

  private static final int METRIC_EVERY = 10;

  private final UnitContext context;
  private final String stageType;
  private final int steps;
  private final int checkpointSteps;

  /**
   * A loop.
   *
   * @param steps steps in all
   * @param checkpointSteps steps between two checkpoints
   */
  public TrainingLoop(UnitContext context, String stageType, int steps, int checkpointSteps) {
    this.context = context;
    this.stageType = stageType;
    this.steps = steps;
    this.checkpointSteps = checkpointSteps;
  }

  /** Looks at a model in training. */
  @FunctionalInterface
  public interface Look {
    /** Never ends a training early. */
    Look NEVER = (done, measured) -> false;

    /**
     * Whether the training may end.
     *
     * @param done number of steps done
     * @param measured takes what was measured, which a checkpoint keeps
     */
    boolean enough(int done, List<Metric> measured);
  }

  /**
   * Trains to the end.
   *
   * @param batch the batch of a step, from 0
   * @param look asked after each step with the number of steps done
   * @return loss and gradient norm of every tenth step and what looks measured, those of steps
   *     before a resumption included
   */
  public List<Metric> run(
      Trainer trainer, Loss loss, IntFunction<List<TrainingSequence>> batch, Look look) {
    Checkpoints checkpoints = new Checkpoints(context.checkpoints());
    List<Metric> metrics = new ArrayList<>(checkpoints.restore(trainer, stageType));
    context.progress(trainer.steps(), steps);
    while (trainer.steps() < steps) {
      context.checkInterrupted();
      Trainer.StepReport report = trainer.step(batch.apply(trainer.steps()), loss);
      int done = trainer.steps();
      if (done % METRIC_EVERY == 0 || done == steps) {
        metrics.add(Metric.of(stageType, 0, done, "loss", report.loss()));
        metrics.add(Metric.of(stageType, 0, done, "gradient_norm", report.gradientNorm()));
      }
      context.progress(1, steps);
      List<Metric> measured = new ArrayList<>();
      boolean enough = look.enough(done, measured);
      metrics.addAll(measured);
      if (enough) {
        break;
      }
      if (done % checkpointSteps == 0 && done < steps) {
        checkpoints.save(trainer, metrics);
        context.keepCheckpoints();
      }
    }
    return metrics;
  }
}
