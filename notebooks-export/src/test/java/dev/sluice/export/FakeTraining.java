package dev.sluice.export;

import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.Problem;
import dev.sluice.records.Rollout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What training and evaluation leave in a {@link FakeRun}. */
final class FakeTraining {
  private FakeTraining() {}

  static Rollout rollout(Problem problem, int round) {
    boolean good = round > 0;
    String question = problem.question();
    return new Rollout(
        Hashes.id(problem.problemId(), round),
        round,
        problem.problemId(),
        0,
        question + "=" + (good ? "64" : "99") + "\n#64",
        List.of(5, 6),
        List.of(-0.5f, -0.25f),
        "stop",
        Map.of("process", good ? 1.0 : 0.0),
        good ? 1 : 0,
        0.5,
        List.of(),
        List.of(),
        good || question.contains("-") ? List.of(good, true) : List.of());
  }

  static List<Metric> evaluation() {
    List<Metric> metrics = new ArrayList<>();
    String[] names = {
      "accuracy/base",
      "accuracy/policy",
      "accuracy/base_t07",
      "accuracy/policy_t07",
      "accuracy/base_greedy",
      "accuracy/policy_greedy",
      "process_accuracy/base",
      "process_accuracy/policy",
      "maj_at_8/base",
      "maj_at_8/policy",
      "pass_at_8/base",
      "pass_at_8/policy",
      "first_error_f1/one_vote",
      "first_error_f1/greedy",
      "first_error_f1/majority",
      "first_error_f1/prm_one_vote",
      "first_error_f1/prm_greedy",
      "judge/accept",
      "judge/gap",
      "judge/false_accept",
      "labels/accuracy"
    };
    for (int i = 0; i < names.length; i++) {
      double value = 0.3 + 0.03125 * i;
      metrics.add(
          new Metric("Evaluate", 0, 0, names[i], value, value - 0.04, value + 0.0425, 1400));
    }
    for (int round = 0; round <= 40; round += 5) {
      double value = 0.42 + 0.3 * (1 - Math.exp(-round / 12.0));
      metrics.add(
          new Metric(
              "Evaluate", round, 1, "dev/accuracy", value, value - 0.08, value + 0.075, 128));
      metrics.add(Metric.of("Evaluate", round, 1, "dev/reward", value + 0.05 + round / 400.0));
    }
    metrics.add(Metric.of("Evaluate", 0, 0, "alarm/divergence", 25));
    metrics.add(new Metric("Evaluate", 0, 0, "calibration/base_ece", 0.125, 0.0625, 0.1875, 1400));
    for (int bin = 1; bin < 10; bin += 4) {
      double value = 0.1 * bin;
      metrics.add(
          new Metric(
              "Evaluate",
              0,
              0,
              "calibration/base_accuracy_" + bin,
              value,
              value - 0.0625,
              value + 0.0625,
              40));
      metrics.add(
          new Metric(
              "Evaluate",
              0,
              0,
              "calibration/base_confidence_" + bin,
              value + 0.04,
              null,
              null,
              40));
    }
    return metrics;
  }

  /** Files of a model of one tensor with three tokens. */
  static Map<String, byte[]> tinyModel() {
    String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    byte[] weights = new byte[8 + header.length() + 4];
    weights[0] = (byte) header.length();
    System.arraycopy(header.getBytes(StandardCharsets.US_ASCII), 0, weights, 8, header.length());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "config.json",
        bytes(
            "{\"architectures\":[\"LlamaForCausalLM\"],\"max_position_embeddings\":256,\"eos_token_id\":1,\"pad_token_id\":0}"));
    files.put("model.safetensors", weights);
    files.put(
        "tokenizer.json",
        bytes(
            "{\"added_tokens\":[{\"id\":0,\"content\":\"<pad>\"},{\"id\":1,\"content\":\"<end>\"}],\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<pad>\":0,\"<end>\":1,\"a\":2}}}"));
    files.put("generation_config.json", bytes("{\"eos_token_id\":[1],\"pad_token_id\":0}"));
    return files;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
