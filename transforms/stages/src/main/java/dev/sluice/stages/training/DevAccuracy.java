package dev.sluice.stages.training;

import dev.sluice.methods.task.TaskFormat;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelRuntime;
import dev.sluice.models.Sampling;
import dev.sluice.models.training.Trainer;
import dev.sluice.records.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** How well a model in training solves problems whose answers are known. */
final class DevAccuracy {
  private DevAccuracy() {}

  /** Share of the problems whose greedy solution ends by itself with the reference answer. */
  static double greedy(ModelRuntime models, Trainer trainer, List<Problem> dev, int maxTokens) {
    Path folder = temporary();
    try {
      trainer.save(folder);
      try (LanguageModel model = models.open(folder)) {
        return greedy(model, dev, maxTokens);
      }
    } finally {
      delete(folder);
    }
  }

  private static double greedy(LanguageModel model, List<Problem> dev, int maxTokens) {
    List<GenerationRequest> requests = new ArrayList<>(dev.size());
    for (Problem problem : dev) {
      requests.add(
          new GenerationRequest(
              TaskFormat.of(problem).solvePrompt(problem), Sampling.at(0, maxTokens), List.of(0L)));
    }
    List<Generation> generations = model.generate(requests);
    int right = 0;
    for (int i = 0; i < dev.size(); i++) {
      // A request that could not be served solves nothing.
      if (generations.get(i).error() == null
          && solved(dev.get(i), generations.get(i).completions().get(0))) {
        right++;
      }
    }
    return (double) right / dev.size();
  }

  private static boolean solved(Problem problem, Completion completion) {
    TaskFormat format = TaskFormat.of(problem);
    String reference = problem.referenceAnswer();
    return reference != null
        && completion.finishReason() == Completion.FinishReason.STOP
        && format.solves(problem, reference, completion.text());
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("sluice-dev-accuracy");
    } catch (IOException e) {
      throw new UncheckedIOException("Making a temporary folder for a model failed.", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Removing the temporary folder " + folder + " failed.", e);
    }
  }
}
