package dev.sluice.pipelines.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Need;
import dev.sluice.parts.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every reward term promises, on its golden file. */
class RewardTermContractTest {

  static Stream<String> kinds() {
    return Registry.get().parts(RewardTerm.class).keySet().stream();
  }

  private static RewardTerm term(GoldenReward golden) {
    return golden.term();
  }

  private static List<Score> scores(GoldenReward golden, List<Group> groups) {
    return term(golden).score(groups, new GoldenContext(golden, true));
  }

  private static List<Double> rewards(List<Score> scores) {
    return scores.stream().map(Score::reward).toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void golden_isMet(String kind) {
    GoldenReward golden = GoldenReward.of(kind);
    assertThat(term(golden).name()).isEqualTo(kind);
    assertThat(golden.source()).isNotBlank();
    List<Double> expected = golden.rewards().stream().flatMap(List::stream).toList();
    List<Score> scores = scores(golden, golden.asked(true));
    assertThat(scores).extracting(Score::failure).containsOnlyNulls();
    List<Double> found = rewards(scores);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i))
          .as("response %d of %s", i, found)
          .isCloseTo(expected.get(i), within(5.1e-7));
    }
  }

  /** Random numbers and ties go by id and index, never by place. */
  @ParameterizedTest
  @MethodSource("kinds")
  void responsesInAnotherOrder_haveTheirOwnScores(String kind) {
    GoldenReward golden = GoldenReward.of(kind);
    List<Group> groups = golden.asked(true);
    Map<String, Score> before = byId(groups, scores(golden, groups));
    List<Group> turned = new ArrayList<>();
    for (Group group : groups) {
      List<Response> responses = new ArrayList<>(group.responses());
      Collections.reverse(responses);
      turned.add(new Group(group.problem(), responses));
    }
    assertThat(byId(turned, scores(golden, turned))).isEqualTo(before);
  }

  /** A round is cut into units in any way. */
  @ParameterizedTest
  @MethodSource("kinds")
  void groupAlone_hasTheScoresThatItHasAmongOthers(String kind) {
    GoldenReward golden = GoldenReward.of(kind);
    List<Group> groups = golden.asked(true);
    List<Group> twice = new ArrayList<>(groups);
    twice.addAll(groups);
    List<Score> alone = scores(golden, groups);
    List<Score> both = scores(golden, twice);
    assertThat(both.subList(0, alone.size())).isEqualTo(alone);
    assertThat(both.subList(alone.size(), both.size())).isEqualTo(alone);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void needs_suffice(String kind) {
    GoldenReward golden = GoldenReward.of(kind);
    if (!term(golden).needs().contains(Need.REFERENCE)) {
      assertThat(scores(golden, golden.asked(false))).isEqualTo(scores(golden, golden.asked(true)));
    }
    assertThat(rewards(scores(golden, golden.asked(true)))).allMatch(Double::isFinite);
  }

  /** Models are not asked about what the gate stopped: the context has none to give. */
  @ParameterizedTest
  @MethodSource("kinds")
  void responsesThatAreNotAsked_costNoCall(String kind) {
    GoldenReward golden = GoldenReward.of(kind);
    GoldenReward mute =
        new GoldenReward(
            golden.source(),
            golden.config(),
            golden.groups(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            golden.rewards());
    int responses = golden.groups().stream().mapToInt(each -> each.responses().size()).sum();
    List<Score> scores = term(golden).score(golden.asked(true), new GoldenContext(mute, false));
    assertThat(scores).hasSize(responses);
    // A judge that is asked in spite of the gate has no reply, which is a failure and no exception.
    assertThat(scores).extracting(Score::failure).containsOnlyNulls();
  }

  private static Map<String, Score> byId(List<Group> groups, List<Score> scores) {
    Map<String, Score> byId = new TreeMap<>();
    int i = 0;
    for (Group group : groups) {
      for (Response response : group.responses()) {
        byId.put(response.id(), scores.get(i++));
      }
    }
    return byId;
  }
}
