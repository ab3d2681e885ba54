package dev.sluice.models.djl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.models.directory.TinyModel;
import dev.sluice.models.djl.DjlModels;
import dev.sluice.models.djl.DjlRuntime;
import dev.sluice.models.training.CompletionLoss;
import dev.sluice.models.training.KlEstimator;
import dev.sluice.models.training.KlLoss;
import dev.sluice.models.training.Loss;
import dev.sluice.models.training.Loss.Aggregation;
import dev.sluice.models.training.Optimizer;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.models.training.Trainer;
import dev.sluice.models.training.Trainer.StepReport;
import dev.sluice.models.training.TrainerContract;
import dev.sluice.models.training.TrainingSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("native")
class DjlTrainerTest extends TrainerContract {
  private static final ModelConfig SMALL =
      new ModelConfig(
          Head.LANGUAGE_MODEL, 32, 2, 4, 2, 8, 48, 1e-6, 1000, false, 28, 64, List.of(1), 0);

  private static DjlTrainer small(int microBatchTokens) {
    return DjlTrainer.fromRandom(
        new ModelDirectory(SMALL, TinyModel.tokenizer()), 0.2, 3, OPTIMIZER, 20, microBatchTokens);
  }

  @Override
  protected Trainer open() {
    return small(60);
  }

  @Override
  protected LanguageModel load(Path directory) {
    return DjlModels.languageModel("saved", directory, 8);
  }

  @Test
  void moreWeightsThanACheckpointHoldsAreNotTrainedWhole() {
    DjlTrainer.checkWhole(1L << 29);
    assertThatThrownBy(() -> DjlTrainer.checkWhole(630_167_424))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The model has 630,167,424 weights; all weights are trained of models with at most 536,870,912. Train adapters ('lora'), or a smaller model.");
  }

  @Test
  void microBatchesAddUpToTheBatch() {
    try (DjlTrainer one = small(10_000);
        DjlTrainer many = small(1)) {
      StepReport whole = one.step(batch(0), new Loss.CrossEntropy());
      StepReport cut = many.step(batch(0), new Loss.CrossEntropy());
      assertThat(cut.loss()).isCloseTo(whole.loss(), within(1e-6));
      assertThat(cut.gradientNorm()).isCloseTo(whole.gradientNorm(), within(1e-5));
    }
  }

  /** Rows for the policy loss: advantages of both signs, old log-probabilities off by a little. */
  private List<TrainingSequence> policyBatch(LanguageModel model, List<double[]> expected) {
    List<TrainingSequence> rows = new ArrayList<>();
    for (TrainingSequence plain : batch(2)) {
      int length = plain.tokens().length;
      float[] logprobs = score(model, plain);
      float[] advantages = new float[length];
      float[] old = new float[length];
      float[] reference = new float[length];
      for (int t = 3; t < length; t++) {
        advantages[t] = (t % 4 - 1.5f) * (rows.size() + 1) / 3f;
        old[t] = logprobs[t - 3] + ((t % 5) - 2) * 0.4f;
        reference[t] = logprobs[t - 3] + ((t % 3) - 1) * 0.3f;
        expected.add(
            new double[] {rows.size(), logprobs[t - 3], old[t], reference[t], advantages[t]});
      }
      rows.add(
          new TrainingSequence(
              plain.tokens(), plain.weights(), advantages, old, reference, new float[0]));
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource
  void thePolicyLossHasTheValueOfItsFormula(Aggregation aggregation) {
    Clipped clipped = new Clipped(0.2, 0.28, 3);
    KlLoss kl = new KlLoss(0.04, KlEstimator.K3, 0);
    Loss.Policy loss = new Loss.Policy(clipped, kl, 1, aggregation, 17);
    try (DjlTrainer trainer = small(60)) {
      trainer.save(folder);
      List<double[]> places = new ArrayList<>();
      List<TrainingSequence> rows;
      try (LanguageModel model = load(folder)) {
        rows = policyBatch(model, places);
      }
      double[] sums = new double[rows.size()];
      for (double[] place : places) {
        sums[(int) place[0]] +=
            clipped.loss(Math.exp(place[1] - place[2]), place[4])
                + 0.04 * KlEstimator.K3.of(place[3], place[1], 0);
      }
      double expected = 0;
      for (int row = 0; row < sums.length; row++) {
        int tokens = rows.get(row).tokens().length - 3;
        expected +=
            switch (aggregation) {
              case TOKEN_MEAN -> sums[row] / places.size();
              case SEQUENCE_MEAN_TOKEN_MEAN -> sums[row] / tokens / rows.size();
              case TOKEN_SUM_CONSTANT -> sums[row] / (17.0 * rows.size());
              case SEQUENCE_MEAN_TOKEN_SUM -> sums[row] / rows.size();
            };
      }
      assertThat(trainer.step(rows, loss).loss()).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void onPolicyWithAdvantageOneTheGradientIsThatOfCrossEntropy() {
    Loss.Policy loss = new Loss.Policy(Clipped.DAPO, null, 1, Aggregation.TOKEN_MEAN, 1);
    try (DjlTrainer policy = small(60);
        DjlTrainer plain = small(60)) {
      policy.save(folder);
      List<TrainingSequence> rows = new ArrayList<>();
      try (LanguageModel model = load(folder)) {
        for (TrainingSequence sequence : batch(2)) {
          float[] ones = new float[sequence.tokens().length];
          float[] old = new float[ones.length];
          Arrays.fill(ones, 1);
          System.arraycopy(score(model, sequence), 0, old, 3, old.length - 3);
          rows.add(
              new TrainingSequence(
                  sequence.tokens(), sequence.weights(), ones, old, new float[0], new float[0]));
        }
      }
      double norm = policy.step(rows, loss).gradientNorm();
      assertThat(norm)
          .isCloseTo(
              plain.step(batch(2), new Loss.CrossEntropy()).gradientNorm(), within(1e-4 * norm));
    }
  }

  @Test
  void lossThatIsNoNumber_isNamedWithItsToken() {
    CompletionLoss broken =
        new CompletionLoss() {
          @Override
          public TokenLosses of(PolicyTokens tokens) {
            TokenLosses losses = TokenLosses.zeros(tokens.size());
            losses.set(tokens.size() - 1, Float.NaN, 0);
            return losses;
          }

          @Override
          public String toString() {
            return "Broken[]";
          }
        };
    try (DjlTrainer trainer = small(60)) {
      trainer.save(folder);
      List<TrainingSequence> rows;
      try (LanguageModel model = load(folder)) {
        rows = policyBatch(model, new ArrayList<>());
      }
      Loss loss = new Loss.Policy(broken, null, 1, Aggregation.TOKEN_MEAN, 1);
      assertThatThrownBy(() -> trainer.step(rows, loss))
          .isInstanceOf(ModelException.class)
          .hasMessageMatching(
              "The policy loss Broken\\[] of a token is NaN and its derivative 0\\.0; both must be"
                  + " finite\\. The token has the log-probability \\S+ \\(\\S+ as it was written\\) and"
                  + " the advantage \\S+\\.");
    }
  }

  @Test
  void aStepIsThatOfAdamW() {
    // One step from zero moments moves each weight by the learning rate against its sign.
    Optimizer optimizer = new Optimizer(0.01, 0.9, 0.98, 0, 0, 0, 1, null, 0);
    try (DjlTrainer trainer =
        DjlTrainer.fromRandom(
            new ModelDirectory(SMALL, TinyModel.tokenizer()), 0.2, 3, optimizer, 1, 4096)) {
      float[] before = trainer.weights();
      trainer.step(batch(0), new Loss.CrossEntropy());
      float[] after = trainer.weights();
      int moved = 0;
      for (int i = 0; i < before.length; i++) {
        float change = Math.abs(after[i] - before[i]);
        if (!Float.isNaN(change) && change > 0) {
          assertThat(change).isCloseTo(0.01f, within(1e-5f));
          moved++;
        }
      }
      assertThat(moved).isGreaterThan(before.length / 2);
    }
  }

  @Test
  void aClassifierLearnsAndIsSavedAndScores() {
    try (DjlTrainer start = small(60)) {
      start.save(folder);
    }
    List<TrainingSequence> rows = new ArrayList<>();
    List<int[]> tokens = new ArrayList<>();
    List<int[]> positions = new ArrayList<>();
    for (int row = 0; row < 16; row++) {
      int[] text = {4 + row % 7, 5 + row % 5, row % 2 == 0 ? 25 : 27, 2};
      float label = row % 2 == 0 ? 1 : 0;
      rows.add(
          TrainingSequence.labelled(text, new float[] {0, 0, 0, 1}, new float[] {0, 0, 0, label}));
      tokens.add(text);
      positions.add(new int[] {3});
    }
    Optimizer optimizer = new Optimizer(5e-3, 0.9, 0.98, 1e-8, 0, 0, 1, null, 1);
    try (DjlTrainer trainer =
        DjlTrainer.fromDirectory(folder, Head.STEP_CLASSIFICATION, 5, optimizer, 40, 4096)) {
      double first = trainer.step(rows, new Loss.StepClassification()).loss();
      assertThat(first).isCloseTo(Math.log(2), within(0.1));
      double last = first;
      for (int step = 0; step < 30; step++) {
        last = trainer.step(rows, new Loss.StepClassification()).loss();
      }
      assertThat(last).isLessThan(0.1);
      trainer.save(folder);
    }
    try (StepClassifier classifier = new DjlRuntime().openClassifier(folder)) {
      List<float[]> scores = classifier.scoreSteps(tokens, positions);
      for (int row = 0; row < scores.size(); row++) {
        assertThat(scores.get(row)).hasSize(1);
        assertThat(scores.get(row)[0] > 0.5).isEqualTo(row % 2 == 0);
        assertThat(
                classifier.scoreSteps(List.of(tokens.get(row)), List.of(positions.get(row))).get(0))
            .containsExactly(scores.get(row));
      }
      assertThatThrownBy(
              () -> classifier.scoreSteps(List.of(new int[] {4, 5}), List.of(new int[] {2})))
          .isInstanceOf(ModelException.class)
          .hasMessage("Step position 2 lies outside of a row of 2 tokens.");
    }
    assertThatThrownBy(() -> load(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("saved classifies steps and cannot write text.");
  }

  /** Who goes on with a chat model leaves one. */
  @Test
  void theChatTemplateStaysWithTheModel() throws IOException {
    Path trained = Files.createDirectory(folder.resolve("trained"));
    try (DjlTrainer start = small(60)) {
      start.save(folder);
    }
    Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<eos>\"}");
    try (DjlTrainer trainer =
        DjlTrainer.fromDirectory(folder, Head.LANGUAGE_MODEL, 0, OPTIMIZER, 5, 60)) {
      trainer.save(trained);
      trainer.save(trained);
    }
    assertThat(trained.resolve("chat_template.jinja")).hasContent("{{ messages }}");
    assertThat(trained.resolve("tokenizer_config.json")).hasContent("{\"eos_token\": \"<eos>\"}");
    assertThat(ModelDirectory.read(trained)).isNotNull();
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (DjlTrainer trainer = small(60)) {
      assertThatThrownBy(() -> trainer.step(batch(0), new Loss.StepClassification()))
          .hasMessage("The loss StepClassification does not go with the head LANGUAGE_MODEL.");
      TrainingSequence tooLong = TrainingSequence.weighted(new int[65], new float[65]);
      assertThatThrownBy(() -> trainer.step(List.of(tooLong), new Loss.CrossEntropy()))
          .hasMessage(
              "A training sequence has 65 tokens, but the model's context holds 64. Leave it out"
                  + " or cut it.");
      TrainingSequence foreign = TrainingSequence.weighted(new int[] {2, 28}, new float[] {0, 1});
      assertThatThrownBy(() -> trainer.step(List.of(foreign), new Loss.CrossEntropy()))
          .hasMessage(
              "A training sequence holds the token 28, but the vocabulary has 28. The tokenizer"
                  + " does not fit the model.");
    }
  }

  @Test
  void aCheckpointOfAnotherModelIsRefused() {
    try (DjlTrainer trainer = small(60);
        DjlTrainer other =
            DjlTrainer.fromRandom(TinyModel.directory(), 0.05, 1, OPTIMIZER, 20, 60)) {
      trainer.checkpoint(folder);
      assertThatThrownBy(() -> other.restore(folder))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("is a checkpoint of a model with another configuration");
    }
  }

  @Test
  void nativeArraysStayFlat() {
    try (DjlTrainer trainer = small(60)) {
      trainer.step(batch(0), new Loss.CrossEntropy());
      int arrays = trainer.nativeArrays();
      for (int step = 0; step < 50; step++) {
        trainer.step(batch(step), new Loss.CrossEntropy());
      }
      assertThat(trainer.nativeArrays()).isEqualTo(arrays);
    }
  }
}
