package dev.sluice.runners.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One figure beside its peer's. The two were measured in turns, so the ratio is the median of the
 * ratios of neighbours: a machine that is busy for a while slows both.
 *
 * @param name what was measured
 * @param unit what the numbers are, such as {@code tok/s} or {@code s}
 * @param aim what the figure should reach
 * @param ours our runs
 * @param peerName who is beside us, and under which settings; empty if nobody is
 * @param peer the peer's runs; empty if nobody is beside us
 */
record Figure(String name, String unit, Aim aim, List<Run> ours, String peerName, List<Run> peer) {

  Figure {
    ours = List.copyOf(ours);
    peer = List.copyOf(peer);
  }

  /**
   * One measurement.
   *
   * @param value the number
   * @param processor the processor's seconds that it took, all threads together; NaN if not known
   */
  record Run(double value, double processor) {}

  /** What a figure should reach. */
  sealed interface Aim {
    /** To be at least so many times as fast as the peer. */
    record TimesAsFast(double times) implements Aim {}

    /** To take at most so long. */
    record AtMost(double seconds) implements Aim {}

    /** None: the figure is printed for its own sake. */
    record None() implements Aim {}
  }

  /** How many times as fast as the peer; NaN without one. */
  double ratio() {
    double sign = unit.equals("s") ? -1 : 1;
    return medianRatio(Run::value, sign);
  }

  /** How many times the processor time the peer takes for the same; NaN if not known. */
  double processorRatio() {
    return medianRatio(Run::processor, -1);
  }

  private double medianRatio(ToDoubleFunction<Run> number, double sign) {
    double[] ratios = new double[Math.min(ours.size(), peer.size())];
    for (int i = 0; i < ratios.length; i++) {
      double ratio = number.applyAsDouble(ours.get(i)) / number.applyAsDouble(peer.get(i));
      ratios[i] = Math.pow(ratio, sign);
    }
    return ratios.length == 0 ? Double.NaN : median(ratios);
  }

  /** Whether the aim is met; null if there is none, or nobody to compare with. */
  @Nullable Boolean met() {
    if (aim instanceof Aim.AtMost most) {
      return median(values(ours)) <= most.seconds();
    }
    if (aim instanceof Aim.TimesAsFast fast && !peer.isEmpty()) {
      return ratio() >= fast.times();
    }
    return null;
  }

  /** The line that a person reads. */
  String line() {
    StringBuilder line = new StringBuilder("%-22s %s".formatted(name, numbers(ours)));
    if (!peer.isEmpty()) {
      line.append(
          String.format(
              Locale.ROOT, "   %s: %s   %.2f times as fast", peerName, numbers(peer), ratio()));
      if (!Double.isNaN(processorRatio())) {
        line.append(String.format(Locale.ROOT, " (by processor time %.2f)", processorRatio()));
      }
    } else if (!peerName.isEmpty()) {
      line.append("   ").append(peerName);
    }
    if (aim instanceof Aim.AtMost most) {
      line.append("   aim: at most ").append(number(most.seconds())).append(" s");
    } else if (aim instanceof Aim.TimesAsFast fast) {
      line.append("   aim: ").append(number(fast.times())).append(" times");
    }
    Boolean met = met();
    return met == null ? line.toString() : line + (met ? ", met" : ", missed");
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name).put("unit", unit);
    runs(json, "ours", ours);
    json.put("median", median(values(ours)));
    json.put("peer_name", peerName);
    runs(json, "peer", peer);
    if (!peer.isEmpty()) {
      json.put("peer_median", median(values(peer))).put("times_as_fast", ratio());
      if (!Double.isNaN(processorRatio())) {
        json.put("times_by_processor", processorRatio());
      }
    }
    if (aim instanceof Aim.AtMost most) {
      json.put("aim_seconds", most.seconds());
    } else if (aim instanceof Aim.TimesAsFast fast) {
      json.put("aim_times_as_fast", fast.times());
    }
    json.put("met", met());
    return json;
  }

  private static void runs(ObjectNode json, String name, List<Run> runs) {
    runs.forEach(run -> json.withArray("/" + name).add(run.value()));
    runs.stream()
        .filter(run -> !Double.isNaN(run.processor()))
        .forEach(run -> json.withArray("/" + name + "_processor_seconds").add(run.processor()));
  }

  private String numbers(List<Run> numbers) {
    double[] sorted = values(numbers);
    Arrays.sort(sorted);
    return "%s %s (%s..%s)"
        .formatted(
            number(median(sorted)), unit, number(sorted[0]), number(sorted[sorted.length - 1]));
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.3f", value);
  }

  private static double[] values(List<Run> runs) {
    return runs.stream().mapToDouble(Run::value).toArray();
  }

  /** The middle of numbers; the mean of the two middle ones of an even count. */
  static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
