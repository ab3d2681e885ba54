package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.methods.advantage.AdvantageEstimator;
import dev.sluice.methods.advantage.EstimatedAdvantage;
import dev.sluice.methods.advantage.GroupAdvantage;
import dev.sluice.methods.advantage.GrpoAdvantage;
import dev.sluice.methods.advantage.RewardedResponse;
import dev.sluice.methods.advantage.Rewards.Deviation;
import dev.sluice.methods.advantage.RoundAdvantage;
import dev.sluice.methods.credit.Credit;
import dev.sluice.methods.credit.Credited;
import dev.sluice.methods.fusion.Fusion;
import dev.sluice.methods.fusion.GroupFusion;
import dev.sluice.methods.fusion.RewardFusion;
import dev.sluice.methods.fusion.RoundFusion;
import dev.sluice.methods.fusion.TermReward;
import dev.sluice.methods.fusion.TermRewards;
import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.group.RolloutGroup;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.round.RoundReport;
import dev.sluice.methods.round.RoundRule;
import dev.sluice.methods.round.RoundState;
import dev.sluice.methods.shaping.Shaping;
import dev.sluice.methods.shaping.ShapingContext;
import dev.sluice.models.Completion;
import dev.sluice.parts.Registry;
import dev.sluice.records.Problem;
import dev.sluice.records.StepSpan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every part of an update promises, on its golden file. */
class PolicyPartsContractTest {
  private static final Offset<Double> DIGITS = within(1.1e-6);

  private static Stream<String> kinds(Class<?> port) {
    return Registry.get().parts(port).keySet().stream();
  }

  static Stream<String> advantages() {
    return kinds(AdvantageEstimator.class);
  }

  static Stream<String> credits() {
    return kinds(Credit.class);
  }

  static Stream<String> shapes() {
    return kinds(Shaping.class);
  }

  static Stream<String> groupRules() {
    return kinds(GroupRule.class);
  }

  static Stream<String> roundRules() {
    return kinds(RoundRule.class);
  }

  private static double[] array(JsonNode list) {
    return Golden.numbers(list).stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] reversed(double[] values) {
    List<Double> list = new ArrayList<>();
    for (double value : values) {
      list.add(value);
    }
    Collections.reverse(list);
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<double[]> turned(List<double[]> groups) {
    return groups.stream().map(PolicyPartsContractTest::reversed).toList();
  }

  private static List<double[]> estimate(AdvantageEstimator estimator, List<double[]> groups) {
    return estimate(estimator, groups, List.of());
  }

  /** Without a list of them all responses have one token. */
  private static List<double[]> estimate(
      AdvantageEstimator estimator, List<double[]> groups, List<double[]> tokens) {
    if (!tokens.isEmpty()) {
      List<List<RewardedResponse>> responses = new ArrayList<>();
      for (int g = 0; g < groups.size(); g++) {
        List<RewardedResponse> group = new ArrayList<>();
        for (int i = 0; i < groups.get(g).length; i++) {
          group.add(
              new RewardedResponse(
                  groups.get(g)[i], (int) tokens.get(g)[i], RewardedResponse.NONE));
        }
        responses.add(group);
      }
      return values(((RoundAdvantage) estimator).estimate(responses));
    }
    return estimator instanceof GroupAdvantage each
        ? groups.stream().map(each::of).toList()
        : estimate(
            estimator,
            groups,
            groups.stream().map(group -> Arrays.stream(group).map(reward -> 1).toArray()).toList());
  }

  private static List<double[]> values(List<List<EstimatedAdvantage>> groups) {
    return groups.stream()
        .map(group -> group.stream().mapToDouble(EstimatedAdvantage::advantage).toArray())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("advantages")
  void advantage_meetsItsGoldenFile_inAnyOrder(String kind) {
    Golden golden = Golden.of(AdvantageEstimator.class, kind);
    assertThat(golden.source()).isNotBlank();
    AdvantageEstimator estimator = golden.part(AdvantageEstimator.class);
    List<double[]> groups = new ArrayList<>();
    golden.json().path("groups").forEach(group -> groups.add(array(group)));
    List<double[]> tokens = new ArrayList<>();
    golden.json().path("tokens").forEach(group -> tokens.add(array(group)));
    List<double[]> found = estimate(estimator, groups, tokens);
    List<double[]> turned = estimate(estimator, turned(groups), turned(tokens));
    for (int g = 0; g < groups.size(); g++) {
      double[] expected = array(golden.json().path("expected").path(g));
      assertThat(found.get(g)).as("group %d", g).containsExactly(expected, DIGITS);
      assertThat(turned.get(g)).containsExactly(reversed(expected), DIGITS);
    }
    boolean grouped = !golden.json().path("compares_groups").asBoolean(false);
    assertThat(
            estimate(
                estimator, List.of(new double[] {grouped ? 1 : 0.3}, new double[] {0.3, 0.3, 0.3})))
        .as("nothing to compare with, and nothing that differs")
        .allSatisfy(group -> assertThat(group).containsOnly(0));
  }

  static Stream<String> fusions() {
    return kinds(Fusion.class);
  }

  /** Terms of a round by group, and what they come to: rewards or advantages. */
  @ParameterizedTest
  @MethodSource("fusions")
  void fusion_meetsItsGoldenFile_inAnyOrder(String kind) {
    Golden golden = Golden.of(Fusion.class, kind);
    assertThat(golden.source()).isNotBlank();
    Fusion fusion = golden.part(Fusion.class);
    assertThat(fusion.objection(Golden.numbers(golden.json().path("weights")))).isEmpty();
    List<double[]> found = fused(golden, fusion, false);
    List<double[]> turned = fused(golden, fusion, true);
    for (int g = 0; g < found.size(); g++) {
      double[] expected = array(golden.json().path("expected").path(g));
      assertThat(found.get(g)).as("group %d", g).containsExactly(expected, DIGITS);
      assertThat(turned.get(g)).containsExactly(reversed(expected), DIGITS);
    }
  }

  private static List<double[]> fused(Golden golden, Fusion fusion, boolean turned) {
    List<Double> weights = Golden.numbers(golden.json().path("weights"));
    List<List<TermRewards>> groups = new ArrayList<>();
    for (JsonNode group : golden.json().path("groups")) {
      List<TermRewards> terms = new ArrayList<>();
      for (JsonNode rewards : group) {
        double[] own = turned ? reversed(array(rewards)) : array(rewards);
        terms.add(new TermRewards(weights.get(terms.size()), own));
      }
      groups.add(terms);
    }
    GroupAdvantage grpo = new GrpoAdvantage(Deviation.SAMPLE, 1e-4);
    if (fusion instanceof RoundFusion round) {
      return round.advantages(groups, grpo);
    }
    return fusion instanceof GroupFusion each
        ? groups.stream().map(terms -> each.advantages(terms, grpo)).toList()
        : groups.stream().map(terms -> rewards((RewardFusion) fusion, terms)).toList();
  }

  /** The terms are named a, b, c. */
  private static double[] rewards(RewardFusion fusion, List<TermRewards> terms) {
    double[] rewards = new double[terms.get(0).rewards().length];
    for (int i = 0; i < rewards.length; i++) {
      List<TermReward> own = new ArrayList<>();
      for (TermRewards term : terms) {
        String name = String.valueOf((char) ('a' + own.size()));
        own.add(new TermReward(name, term.weight(), term.rewards()[i]));
      }
      rewards[i] = fusion.reward(own);
    }
    return rewards;
  }

  @ParameterizedTest
  @MethodSource("credits")
  void credit_meetsItsGoldenFile_inAnyOrder(String kind) {
    Golden golden = Golden.of(Credit.class, kind);
    assertThat(golden.source()).isNotBlank();
    Credit credit = golden.part(Credit.class);
    List<Credited> group = new ArrayList<>();
    golden.json().path("group").forEach(each -> group.add(credited(each)));
    List<double[]> found = credit.tokens(group);
    List<Credited> turned = new ArrayList<>(group);
    Collections.reverse(turned);
    List<double[]> back = new ArrayList<>(credit.tokens(turned));
    Collections.reverse(back);
    for (int i = 0; i < group.size(); i++) {
      double[] expected = array(golden.json().path("expected").path(i));
      assertThat(found.get(i)).as("response %d", i).containsExactly(expected, DIGITS);
      assertThat(back.get(i)).containsExactly(expected, DIGITS);
    }
  }

  private static Credited credited(JsonNode each) {
    List<StepSpan> spans = new ArrayList<>();
    each.path("steps")
        .forEach(step -> spans.add(new StepSpan(step.path(0).asInt(), step.path(1).asInt())));
    return new Credited(
        each.path("advantage").asDouble(),
        each.path("tokens").asInt(),
        spans,
        Golden.numbers(each.path("signs")),
        Golden.numbers(each.path("scores")),
        each.path("accepted").asBoolean(false));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shape_meetsItsGoldenFile(String kind) {
    Golden golden = Golden.of(Shaping.class, kind);
    assertThat(golden.source()).isNotBlank();
    Shaping shape = golden.part(Shaping.class);
    List<Double> rewards = Golden.numbers(golden.json().path("rewards"));
    List<Score> scores = new ArrayList<>();
    for (int i = 0; i < rewards.size(); i++) {
      double reward = rewards.get(i);
      List<Double> steps = Golden.numbers(golden.json().path("step_scores").path(i));
      scores.add(new Score(reward, reward, null, List.of(), steps, 0, null));
    }
    Group group = responses(golden, rewards.size());
    List<Score> found = shape.shape(scores, group, context(golden, shape));
    List<Double> expected = Golden.numbers(golden.json().path("expected"));
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).reward()).as("response %d", i).isCloseTo(expected.get(i), DIGITS);
      assertThat(found.get(i).accepted()).isEqualTo(scores.get(i).accepted());
      if (golden.json().has("expected_steps")) {
        assertThat(found.get(i).stepScores().stream().mapToDouble(s -> s).toArray())
            .containsExactly(array(golden.json().path("expected_steps").path(i)), DIGITS);
      }
    }
  }

  /** Responses by number, of as many tokens as the file says; what they say is never read. */
  private static Group responses(Golden golden, int count) {
    Problem problem = Golden.problem(golden.json());
    List<Response> responses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int tokens = golden.json().path("tokens").path(i).asInt();
      Completion completion =
          new Completion("", new int[tokens], new float[tokens], Completion.FinishReason.STOP);
      responses.add(new Response(problem, i, "response-" + i, completion, List.of(), true));
    }
    return new Group(problem, responses);
  }

  private static ShapingContext context(Golden golden, Shaping shape) {
    return new ShapingContext() {
      @Override
      public long seed() {
        return 7;
      }

      @Override
      public String stage() {
        return "UpdatePolicy";
      }

      @Override
      public int round() {
        return golden.json().path("round").asInt();
      }

      @Override
      public List<Score> scores(String term) {
        assertThat(shape.other()).contains(term);
        return Golden.numbers(golden.json().path("outcomes")).stream().map(Score::of).toList();
      }

      @Override
      public List<Score> references() {
        List<Double> all = Golden.numbers(golden.json().path("references"));
        return all.subList(0, shape.references()).stream().map(Score::of).toList();
      }
    };
  }

  @ParameterizedTest
  @MethodSource("groupRules")
  void groupRule_meetsItsGoldenFile_twice(String kind) {
    Golden golden = Golden.of(GroupRule.class, kind);
    assertThat(golden.source()).isNotBlank();
    GroupRule rule = golden.part(GroupRule.class);
    List<RolloutGroup> groups = new ArrayList<>();
    golden.json().path("groups").forEach(rewards -> groups.add(group(groups.size(), rewards)));
    int wanted = golden.json().path("wanted").asInt();
    GroupRule.Composition found = rule.compose(groups, wanted, "");
    List<RolloutGroup> expected = new ArrayList<>();
    for (int each : integers(golden.json().path("expected"))) {
      List<Integer> masked = integers(golden.json().path("masked").path(String.valueOf(each)));
      RolloutGroup group = groups.get(each);
      expected.add(group.masking(member -> masked.contains(group.members().indexOf(member))));
    }
    assertThat(found.batch()).isEqualTo(expected);
    assertThat(found.more()).isEqualTo(golden.json().path("more").asInt());
    assertThat(found.more() > 0)
        .as("only a rule of several waves asks for more")
        .isEqualTo(rule.waves() > 1);
    assertThat(rule.compose(groups, wanted, "")).isEqualTo(found);
    assertThat(rule.compose(List.of(), wanted, "").batch()).isEmpty();
  }

  private static List<Integer> integers(JsonNode list) {
    return Golden.numbers(list).stream().map(Double::intValue).toList();
  }

  /** A member is its reward, or an object with what else a rule reads of it. */
  private static RolloutGroup group(int number, JsonNode members) {
    List<RolloutGroup.RolloutSummary> all = new ArrayList<>();
    for (JsonNode member : members) {
      double reward = member.isObject() ? member.path("reward").asDouble() : member.asDouble();
      Map<String, Double> terms = new HashMap<>();
      member
          .path("terms")
          .fields()
          .forEachRemaining(term -> terms.put(term.getKey(), term.getValue().asDouble()));
      all.add(
          new RolloutGroup.RolloutSummary(
              "r" + number + "-" + all.size(),
              terms,
              reward,
              member.path("finished").asBoolean(true),
              member.path("tokens").asInt(10),
              false,
              false));
    }
    return new RolloutGroup("p" + number, all);
  }

  @ParameterizedTest
  @MethodSource("roundRules")
  void roundRule_meetsItsGoldenFile(String kind) {
    Golden golden = Golden.of(RoundRule.class, kind);
    assertThat(golden.source()).isNotBlank();
    RoundRule rule = golden.part(RoundRule.class);
    RoundState state = RoundState.START;
    List<Integer> references = new ArrayList<>();
    int round = 0;
    for (double reward : array(golden.json().path("rewards"))) {
      round++;
      state = rule.after(new RoundReport(round, reward, OptionalDouble.empty()), state);
      references.add(state.reference());
      assertThat(state.numbers().keySet()).allMatch(name -> name.startsWith(kind + "."));
    }
    assertThat(references)
        .isEqualTo(
            Golden.numbers(golden.json().path("references")).stream()
                .map(Double::intValue)
                .toList());
  }
}
