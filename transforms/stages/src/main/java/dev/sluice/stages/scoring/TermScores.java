package dev.sluice.stages.scoring;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.methods.shaping.ShapingContext;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The scores of responses by each reward term, behind its gate and with its shapes. */
final class TermScores {
  private static final String NOT_STORED =
      "a shape compares the reward with stored solutions of the problem, but the table at the input 'offline' has none; make the table of the same problems";

  private final RewardSetting setting;
  private final UnitContext context;
  private final ResponseWriter writer;
  private final InitialPolicy initial;
  private final Map<String, Double> ended = new TreeMap<>();

  TermScores(
      RewardSetting setting, UnitContext context, ResponseWriter writer, InitialPolicy initial) {
    this.setting = setting;
    this.context = context;
    this.writer = writer;
    this.initial = initial;
  }

  private void count(String how) {
    ended.merge(how, 1.0, Double::sum);
  }

  /** How many programs of responses did not end well, by how. */
  Map<String, Double> ended() {
    return ended;
  }

  /** For each term the scores of all responses, group by group, in order. */
  List<List<Score>> of(List<Group> groups) {
    List<List<List<Score>>> raw = new ArrayList<>();
    for (WeightedReward term : setting.terms()) {
      raw.add(gated(term, groups, writer));
    }
    List<List<Score>> shaped = new ArrayList<>();
    for (int k = 0; k < raw.size(); k++) {
      shaped.add(shaped(setting.terms().get(k), raw, k, groups));
    }
    return shaped;
  }

  private List<Score> shaped(
      WeightedReward term, List<List<List<Score>>> raw, int index, List<Group> groups) {
    int wanted = term.shape().stream().mapToInt(Shaping::references).max().orElse(0);
    List<List<Score>> references =
        wanted == 0 ? List.of() : gated(term, initial.responses(groups, wanted), initial);
    List<Score> all = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      List<Score> scores = raw.get(index).get(g);
      List<Score> others = references.isEmpty() ? List.of() : references.get(g);
      if (wanted > 0 && others.isEmpty()) {
        scores = scores.stream().map(score -> score.withFailure(NOT_STORED)).toList();
        all.addAll(scores);
        continue;
      }
      for (Shaping shape : term.shape()) {
        scores =
            shape.shape(
                scores,
                groups.get(g),
                new Found(
                    raw, index, g, others.subList(0, Math.min(shape.references(), others.size()))));
      }
      all.addAll(behindGate(term, groups.get(g).responses(), scores));
    }
    return all;
  }

  /**
   * Scores after their shapes. What the gate stopped has reward 0, but never more than the least of
   * the group: a shape may make all others negative, and some terms are so by themselves.
   */
  private static List<Score> behindGate(
      WeightedReward term, List<Response> responses, List<Score> scores) {
    double most = 0;
    if (!term.shape().isEmpty() || term.term().signed()) {
      for (Score score : scores) {
        most = Math.min(most, score.failure() == null ? score.reward() : 0);
      }
    }
    List<Score> all = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      Score score = scores.get(i);
      all.add(finite(term, term.asks(responses.get(i)) ? score : score.withReward(most)));
    }
    return all;
  }

  /** One NaN would spread to the advantages of the whole group. */
  private static Score finite(WeightedReward term, Score score) {
    return Double.isFinite(score.reward()) && score.stepScores().stream().allMatch(Double::isFinite)
        ? score
        : score.withFailure(
            "the reward '%s' (%s) or one of its step scores is not a finite number"
                .formatted(term.term().name(), score.reward()));
  }

  /** The scores of a term by group; a response that fails the term's gate has reward 0. */
  private List<List<Score>> gated(WeightedReward term, List<Group> groups, ResponseWriter by) {
    List<Score> scores =
        term.term().score(groups, new TermContext(term, setting, context, by, this::count));
    List<List<Score>> byGroup = new ArrayList<>();
    int next = 0;
    for (Group group : groups) {
      List<Score> own = new ArrayList<>();
      for (Response response : group.responses()) {
        Score score = scores.get(next++);
        own.add(term.asks(response) ? score : score.withReward(0));
      }
      byGroup.add(own);
    }
    return byGroup;
  }

  /** What the shapes of a term find for one group. */
  private final class Found implements ShapingContext {
    private final List<List<List<Score>>> raw;
    private final int own;
    private final int group;
    private final List<Score> references;

    Found(List<List<List<Score>>> raw, int own, int group, List<Score> references) {
      this.raw = raw;
      this.own = own;
      this.group = group;
      this.references = references;
    }

    @Override
    public int round() {
      return setting.round();
    }

    @Override
    public long seed() {
      return context.seed();
    }

    @Override
    public String stage() {
      return setting.stage();
    }

    @Override
    public List<Score> scores(String term) {
      for (int k = 0; k < raw.size(); k++) {
        if (k != own && setting.terms().get(k).term().name().equals(term)) {
          return raw.get(k).get(group);
        }
      }
      throw new IllegalArgumentException(
          "The reward has no term '%s' for a shape to read.".formatted(term));
    }

    @Override
    public List<Score> references() {
      return references;
    }
  }
}
