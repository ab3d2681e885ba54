package dev.sluice.methods.group;

import dev.sluice.methods.group.RolloutGroup.RolloutSummary;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Trains on short successes and long failures, and now and then on the others. */
@Kind(
    value = "rorecomp",
    doc =
        "Trains on the shortest successful and the longest failed rollouts of each group, so that the policy becomes brief. With `buffer`, the other rollouts are trained on later, in optimiser steps of their own. All rollouts count in the advantages of their group.")
@Method(
    name = "RoRecomp",
    paper = "RoRecomp, arXiv 2509.25958",
    formula =
        "priority batch: of each group the ceil(alpha n) shortest of the n successful and the ceil(alpha m) longest of the m failed rollouts; compensation batch: the oldest 'buffer' of the others, once there are as many",
    papers = "2509.25958",
    departs =
        "The paper's alpha, buffer and schedule are not known: here a full buffer is trained on at once, with probability 1, and rollouts older than max_age rounds leave it.")
public record RoRecomp(
    @Key(
            value = "Share of the successful and of the failed rollouts of a group to train on.",
            byDefault = "0.8",
            min = 0,
            minExclusive = true,
            max = 1)
        double alpha,
    @Key(
            "Kind of the reward term that says whether a rollout is successful. Default: the whole reward.")
        @Nullable String reward,
    @Key(value = "A rollout is successful if its reward is above this value.", byDefault = "0.5")
        double success,
    @Key(
            value =
                "Number of left-out rollouts that make up one compensation batch. Default: left-out rollouts are not trained on.",
            min = 1)
        @Nullable Integer buffer,
    @Key(value = "Rounds after which a rollout leaves the buffer.", byDefault = "4", min = 1)
        int maxAge)
    implements GroupRule {

  @Override
  public Optional<String> term() {
    return Optional.ofNullable(reward);
  }

  @Override
  public int replayedRounds() {
    return buffer == null ? 0 : maxAge;
  }

  @Override
  public List<ConfigMistake> check(String key, int samples) {
    return buffer == null || alpha < 1
        ? List.of()
        : List.of(
            new ConfigMistake(
                key + ".buffer",
                "with 'alpha: 1' no rollout is left out, so the buffer stays empty; lower 'alpha' or leave 'buffer' out"));
  }

  /** A compensation batch has rollouts of earlier rounds alone: those of this one wait. */
  @Override
  public Composition compose(List<RolloutGroup> groups, int wanted, String state) {
    List<RolloutGroup> batch = groups.stream().map(this::priority).toList();
    if (buffer == null) {
      return new Composition(batch, 0, "");
    }
    List<Waiting> waiting = Waiting.read(state, maxAge);
    boolean full = waiting.size() >= buffer;
    List<String> replay =
        full ? waiting.subList(0, buffer).stream().map(Waiting::id).toList() : List.of();
    List<Waiting> left = new ArrayList<>(full ? waiting.subList(buffer, waiting.size()) : waiting);
    for (int g = 0; g < groups.size(); g++) {
      for (int i = 0; i < batch.get(g).members().size(); i++) {
        RolloutSummary after = batch.get(g).members().get(i);
        if (after.masked() && !groups.get(g).members().get(i).masked()) {
          left.add(new Waiting(after.rolloutId(), 0));
        }
      }
    }
    return new Composition(batch, 0, Waiting.write(left), replay);
  }

  /**
   * A rollout in the buffer.
   *
   * @param id the rollout's id
   * @param age rounds since it was made
   */
  private record Waiting(String id, int age) {

    /** The buffer a round later: {@code id age} a line, the oldest first. */
    static List<Waiting> read(String state, int maxAge) {
      return state
          .lines()
          .map(line -> line.split(" ", -1))
          .map(each -> new Waiting(each[0], Integer.parseInt(each[1]) + 1))
          .filter(each -> each.age() <= maxAge)
          .toList();
    }

    static String write(List<Waiting> all) {
      return String.join("\n", all.stream().map(each -> each.id() + " " + each.age()).toList());
    }
  }

  private RolloutGroup priority(RolloutGroup group) {
    Comparator<RolloutSummary> shortest =
        Comparator.comparingInt(RolloutSummary::tokens).thenComparing(RolloutSummary::rolloutId);
    Comparator<RolloutSummary> longest =
        Comparator.comparingInt(RolloutSummary::tokens)
            .reversed()
            .thenComparing(RolloutSummary::rolloutId);
    Set<String> chosen = new HashSet<>(first(group, true, shortest));
    chosen.addAll(first(group, false, longest));
    return group.masking(each -> !chosen.contains(each.rolloutId()));
  }

  private List<String> first(
      RolloutGroup group, boolean successful, Comparator<RolloutSummary> order) {
    List<RolloutSummary> all =
        group.members().stream()
            .filter(each -> !each.masked() && each.value(reward) > success == successful)
            .sorted(order)
            .toList();
    // Less than a rounding error above a whole number is that number: 0.6 of 5 is 3.
    int count = (int) Math.ceil(alpha * all.size() - 1e-9);
    return all.subList(0, count).stream().map(RolloutSummary::rolloutId).toList();
  }
}
