package dev.sluice.models.djl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.Completion;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Loss;
import dev.sluice.models.Optimizer;
import dev.sluice.models.Sampling;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.TrainingSequence;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes models and what they compute for {@code src/it/python/parity.py}: {@code ParityExport
 * FOLDER}.
 */
final class ParityExport {
  private static final Optimizer OPTIMIZER =
      new Optimizer(3e-3, 0.9, 0.98, 1e-8, 0.01, 10, 0.1, 60, 1.0);

  private ParityExport() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    ModelConfig tiny = TinyModel.directory().config();
    ModelConfig grouped =
        new ModelConfig(
            Head.LANGUAGE_MODEL, 64, 2, 4, 2, 24, 96, 1e-5, 5000, true, 28, 128, List.of(1), 0);
    export(tiny, folder.resolve("plain"));
    export(grouped, folder.resolve("grouped"));
  }

  private static void export(ModelConfig config, Path folder) throws Exception {
    Files.createDirectories(folder);
    ObjectNode expected = new ObjectMapper().createObjectNode();
    ModelDirectory directory = new ModelDirectory(config, TinyModel.tokenizer());
    Chains chains = new Chains(5);
    try (DjlTrainer trainer = DjlTrainer.fromRandom(directory, 0.05, 5, OPTIMIZER, 60, 512)) {
      Files.createDirectories(folder.resolve("start"));
      trainer.save(folder.resolve("start"));
      ArrayNode steps = expected.putArray("steps");
      for (int step = 0; step < 60; step++) {
        List<TrainingSequence> batch = chains.batch(16);
        double loss = trainer.step(batch, new Loss.CrossEntropy()).loss();
        ObjectNode node = steps.addObject().put("loss", loss);
        ArrayNode rows = node.putArray("rows");
        for (TrainingSequence sequence : batch) {
          ObjectNode row = rows.addObject();
          for (int token : sequence.tokens()) {
            row.withArray("/tokens").add(token);
          }
          for (float weight : sequence.weights()) {
            row.withArray("/weights").add(weight);
          }
        }
      }
      trainer.save(folder);
    }
    try (LanguageModel model = DjlModels.languageModel("parity", folder, 64)) {
      for (int i = 0; i < 40; i++) {
        String prompt = chains.next()[0];
        GenerationRequest request = new GenerationRequest(prompt, Sampling.at(0, 48), List.of(1L));
        Completion completion = model.generate(List.of(request)).get(0).completions().get(0);
        ObjectNode node = expected.withArray("/generations").addObject();
        node.put("prompt", prompt).put("text", completion.text());
        for (int t = 0; t < completion.tokens().length; t++) {
          node.withArray("/tokens").add(completion.tokens()[t]);
          node.withArray("/logprobs").add(completion.logprobs()[t]);
        }
      }
    }
    Path classifier = Files.createDirectories(folder.resolve("classifier"));
    try (DjlTrainer trainer =
        DjlTrainer.fromDirectory(folder, Head.STEP_CLASSIFICATION, 3, OPTIMIZER, 60, 512)) {
      trainer.save(classifier);
    }
    int[] tokens = Chains.encode("23+4-8:23+4=27\n27-8=19\n#19");
    try (StepClassifier model = DjlModels.stepClassifier("parity", classifier)) {
      int[] positions = {14, 22, 25};
      ObjectNode node = expected.putObject("classification");
      for (float score : model.scoreSteps(List.of(tokens), List.of(positions)).get(0)) {
        node.withArray("/scores").add(score);
      }
      for (int token : tokens) {
        node.withArray("/tokens").add(token);
      }
      for (int position : positions) {
        node.withArray("/positions").add(position);
      }
    }
    Files.writeString(folder.resolve("expected.json"), expected.toString());
  }
}
