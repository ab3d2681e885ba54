package dev.sluice.models.djl;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.train.DjlTrainer;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.TrainingSequence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes models and what they compute, for {@code parity.py} of {@code ./dev it}: {@code
 * ParityExport FOLDER}. With more arguments, writes {@code expected.json} into those model
 * directories instead.
 */
final class ParityExport {
  private static final Optimizer OPTIMIZER =
      new Optimizer(3e-3, 0.9, 0.98, 1e-8, 0.01, 10, 0.1, 60, 1.0);

  private ParityExport() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 1) {
      for (String folder : arguments) {
        Expected.describe(Path.of(folder));
      }
      return;
    }
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
    expected.set("generations", Expected.generations(folder));
    Path classifier = Files.createDirectories(folder.resolve("classifier"));
    try (DjlTrainer trainer =
        DjlTrainer.fromDirectory(folder, Head.STEP_CLASSIFICATION, 3, OPTIMIZER, 60, 512)) {
      trainer.save(classifier);
    }
    expected.set("classification", Expected.classification(classifier));
    Files.writeString(folder.resolve("expected.json"), expected.toString());
  }
}
