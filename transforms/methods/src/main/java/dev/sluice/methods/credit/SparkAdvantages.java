package dev.sluice.methods.credit;

import dev.sluice.methods.advantage.Advantages;
import dev.sluice.methods.reward.Judgement;
import dev.sluice.methods.reward.SparkRewards.Design;
import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Advantages of steps and tokens in the designs of SPARK stepwise (arXiv 2512.03244), on top of one
 * advantage per response.
 *
 * <ul>
 *   <li>designs 1 and 2: every step has {@code A_process}
 *   <li>design 3: step j keeps {@code A_process} iff it is at least 0 and the step is correct, or
 *       below 0 and the step is incorrect; else 0 (or half of it)
 *   <li>design 4: {@code A = 0.8 A_process + 0.2 A_step}; step rewards are {@code +1/K} or {@code
 *       -1/K}, pooled over all steps of the group, {@code z = (r - mean) / (std + eps)}, and {@code
 *       A_step} is the sum of z over this and all later steps of the response
 * </ul>
 */
public final class SparkAdvantages {
  private static final double PROCESS_WEIGHT = 0.8;
  private static final double STEP_WEIGHT = 0.2;

  private SparkAdvantages() {}

  /**
   * The advantage of every step of every response in a group.
   *
   * @param process the advantage of each response
   * @param judgements what was judged of each response, in the same order
   * @param options deviation and eps by which design 4 standardises step rewards
   * @return per response, one value per step
   */
  public static List<List<Double>> ofSteps(
      Design design, double[] process, List<Judgement> judgements, Advantages.Options options) {
    if (process.length == 1) {
      // One response has nothing to be compared with, its steps neither.
      return List.of(Collections.nCopies(judgements.get(0).steps().size(), 0.0));
    }
    if (design == Design.GLOBAL_STEP_REWARD) {
      return global(process, judgements, options);
    }
    List<List<Double>> advantages = new ArrayList<>();
    for (int i = 0; i < process.length; i++) {
      double whole = process[i];
      advantages.add(
          judgements.get(i).steps().stream().map(sign -> kept(design, whole, sign)).toList());
    }
    return advantages;
  }

  /**
   * The advantage of every token of a response; tokens in no step keep that of the response.
   *
   * @param tokens number of the response's tokens, end of text included
   * @param process the response's advantage
   * @param steps the advantage of each step
   * @param spans the tokens of each step, as many
   */
  public static double[] ofTokens(
      int tokens, double process, List<Double> steps, List<StepSpan> spans) {
    if (steps.size() != spans.size()) {
      throw new IllegalArgumentException(
          "Placing the advantages of %d steps on tokens: there are %d spans; each step needs one."
              .formatted(steps.size(), spans.size()));
    }
    double[] advantages = new double[tokens];
    Arrays.fill(advantages, process);
    for (int step = 0; step < spans.size(); step++) {
      StepSpan span = spans.get(step);
      Arrays.fill(advantages, span.begin(), span.end(), steps.get(step));
    }
    return advantages;
  }

  private static double kept(Design design, double process, double sign) {
    boolean agrees = process >= 0 ? sign > 0 : sign < 0;
    return switch (design) {
      case SELECTIVE_ADVANTAGE -> agrees ? process : 0;
      case SELECTIVE_ADVANTAGE_HALF -> agrees ? process : process / 2;
      default -> process;
    };
  }

  private static List<List<Double>> global(
      double[] process, List<Judgement> judgements, Advantages.Options options) {
    double[] pool =
        judgements.stream()
            .flatMap(judgement -> judgement.steps().stream().map(s -> s / judgement.steps().size()))
            .mapToDouble(Double::doubleValue)
            .toArray();
    double[] z = Advantages.grpo(pool, options.deviation(), options.eps());
    List<List<Double>> advantages = new ArrayList<>();
    int end = 0;
    for (int i = 0; i < process.length; i++) {
      int begin = end;
      end += judgements.get(i).steps().size();
      List<Double> steps = new ArrayList<>();
      double suffix = 0;
      for (int at = end - 1; at >= begin; at--) {
        suffix += z[at];
        steps.add(PROCESS_WEIGHT * process[i] + STEP_WEIGHT * suffix);
      }
      Collections.reverse(steps);
      advantages.add(List.copyOf(steps));
    }
    return advantages;
  }
}
