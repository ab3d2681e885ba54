package dev.sluice.methods.loss;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.methods.advantage.DrGrpoAdvantage;
import dev.sluice.methods.advantage.EstimatedAdvantage;
import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.advantage.GrpoAdvantage;
import dev.sluice.methods.advantage.ReinforcePpAdvantage;
import dev.sluice.methods.advantage.RewardedResponse;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.methods.advantage.RlooAdvantage;
import dev.sluice.models.training.CompletionLoss;
import dev.sluice.models.training.KlEstimator;
import dev.sluice.models.training.KlLoss;
import dev.sluice.models.training.PolicyTokens;
import dev.sluice.models.training.TokenLosses;
import dev.sluice.records.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes drawn inputs and what advantages, losses and KL estimates make of them, a case a line, for
 * {@code policy_math.py} of {@code ./dev it}: {@code PolicyMathExport FILE}.
 */
final class PolicyMathExport {
  private static final int CASES = 100;

  private static final Map<String, GroupAdvantage> ADVANTAGES =
      Map.of(
          "grpo", new GrpoAdvantage(Deviation.SAMPLE, 1e-6),
          "dr_grpo", new DrGrpoAdvantage(),
          "rloo", new RlooAdvantage());

  private static final Map<String, CompletionLoss> LOSSES =
      Map.of(
          "clip", new ClipLoss(0.2, 0.28, 3.0, null),
          "gspo", new GspoLoss(3e-4, 4e-4),
          "gspo_wide", new GspoLoss(0.2, 0.3),
          "cispo", new CispoLoss(1.0, 0.28),
          "sapo", new SapoLoss(1.0, 1.05),
          "k1", new KlLoss(1, KlEstimator.K1, 0),
          "k2", new KlLoss(1, KlEstimator.K2, 0),
          "k3", new KlLoss(1, KlEstimator.K3, 10));

  private final ObjectMapper json = new ObjectMapper();
  private final RandomStream random = new RandomStream(2026);

  private PolicyMathExport() {}

  public static void main(String[] arguments) throws Exception {
    PolicyMathExport export = new PolicyMathExport();
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < CASES; k++) {
      ObjectNode line = export.json.createObjectNode();
      export.advantages(line);
      export.losses(line, k);
      lines.add(export.json.writeValueAsString(line));
    }
    Files.write(Path.of(arguments[0]), lines);
  }

  /** Four groups; the last one may be constant. */
  private void advantages(ObjectNode line) {
    List<List<RewardedResponse>> groups = new ArrayList<>();
    for (int g = 0; g < 4; g++) {
      List<RewardedResponse> group = new ArrayList<>();
      int size = random.nextInt(2, 8);
      for (int i = 0; i < size; i++) {
        double[] penalties = new double[random.nextInt(1, 9)];
        Arrays.setAll(penalties, t -> 0.1 * random.nextGaussian());
        double reward = g == 3 ? 0.7 : g == 2 ? random.nextInt(0, 1) : random.nextGaussian();
        group.add(new RewardedResponse(reward, penalties.length, penalties));
      }
      groups.add(group);
    }
    line.set("groups", json.valueToTree(groups));
    Map<String, List<double[]>> found = new TreeMap<>();
    ADVANTAGES.forEach(
        (name, estimator) ->
            found.put(
                name,
                groups.stream()
                    .map(group -> group.stream().mapToDouble(RewardedResponse::reward).toArray())
                    .map(estimator::of)
                    .toList()));
    found.put(
        "reinforce_pp",
        new ReinforcePpAdvantage(1e-8, null)
            .estimate(groups).stream()
                .flatMap(List::stream)
                .map(EstimatedAdvantage::tokens)
                .toList());
    line.set("advantages", json.valueToTree(found));
  }

  /** One response; every tenth has log-ratios beyond all bounds. */
  private void losses(ObjectNode line, int number) {
    int size = random.nextInt(1, 12);
    float[] logprobs = drawn(size, 0, 1);
    float spread = number % 10 == 9 ? 15 : 0.5f;
    float[] old = drawn(size, 0, spread);
    // Sluice bounds the difference to the reference by 20 for each estimator, verl for k3 alone.
    float[] reference = drawn(size, 0, Math.min(spread, 4));
    for (int t = 0; t < size; t++) {
      logprobs[t] = -Math.abs(logprobs[t]) - 0.01f;
      old[t] += logprobs[t];
      reference[t] += logprobs[t];
    }
    float[] coefficients = new float[size];
    Arrays.fill(coefficients, 1f / size);
    float[] advantages = drawn(size, 0, 1);
    if (number % 2 == 0) {
      Arrays.fill(advantages, advantages[0]);
    }
    PolicyTokens tokens =
        new PolicyTokens(
            coefficients,
            advantages,
            logprobs,
            old,
            ratios(logprobs, old),
            reference,
            ratios(reference, logprobs));
    line.set("tokens", json.valueToTree(tokens));
    Map<String, TokenLosses> found = new TreeMap<>();
    LOSSES.forEach((name, loss) -> found.put(name, loss.of(tokens)));
    line.set("losses", json.valueToTree(found));
  }

  private float[] drawn(int size, float mean, float deviation) {
    float[] values = new float[size];
    for (int t = 0; t < size; t++) {
      values[t] = mean + deviation * (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] ratios(float[] above, float[] below) {
    float[] ratios = new float[above.length];
    for (int t = 0; t < ratios.length; t++) {
      float apart = above[t] - below[t];
      float most = PolicyTokens.MAX_LOG_RATIO;
      ratios[t] = (float) Math.exp(Math.max(-most, Math.min(most, apart)));
    }
    return ratios;
  }
}
