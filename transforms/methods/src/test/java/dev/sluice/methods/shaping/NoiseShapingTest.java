package dev.sluice.methods.shaping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.shaping.NoiseShaping.Per;
import dev.sluice.models.Completion;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NoiseShapingTest {
  private static final int RESPONSES = 4000;

  private static Group group(String problem, int count) {
    Problem asked = new Problem(problem, List.of(Message.user("?")), null, "test", null, Map.of());
    List<Response> responses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Completion completion =
          new Completion("", new int[1], new float[1], Completion.FinishReason.STOP);
      responses.add(new Response(asked, i, problem + "-" + i, completion, List.of(), true));
    }
    return new Group(asked, responses);
  }

  private static List<Double> flipped(double probability, Per per, Group group, int round) {
    List<Score> scores = Collections.nCopies(group.responses().size(), Score.of(0.75));
    return new NoiseShaping(probability, per)
        .shape(scores, group, new Context(round)).stream().map(Score::reward).toList();
  }

  @Test
  void responses_areFlippedWithTheProbability_andTheSameOnesAgain() {
    Group group = group("p", RESPONSES);
    List<Double> rewards = flipped(0.3, Per.RESPONSE, group, 1);
    assertThat(rewards).containsOnly(0.25, 0.75);
    assertThat(Collections.frequency(rewards, 0.25) / (double) RESPONSES)
        .isCloseTo(0.3, within(0.03));
    assertThat(flipped(0.3, Per.RESPONSE, group, 1)).isEqualTo(rewards);
    assertThat(flipped(0.3, Per.RESPONSE, group, 2)).isNotEqualTo(rewards);
    assertThat(flipped(0, Per.RESPONSE, group, 1)).containsOnly(0.75);
    assertThat(flipped(1, Per.RESPONSE, group, 1)).containsOnly(0.25);
  }

  @Test
  void groups_areFlippedAsAWhole() {
    int flipped = 0;
    for (int i = 0; i < 1000; i++) {
      List<Double> rewards = flipped(0.3, Per.GROUP, group("p" + i, 3), 1);
      assertThat(rewards.stream().distinct()).hasSize(1);
      flipped += rewards.get(0) == 0.25 ? 1 : 0;
    }
    assertThat(flipped / 1000.0).isCloseTo(0.3, within(0.05));
  }

  private record Context(int round) implements ShapingContext {
    @Override
    public long seed() {
      return 11;
    }

    @Override
    public String stage() {
      return "UpdatePolicy";
    }

    @Override
    public List<Score> scores(String term) {
      return List.of();
    }

    @Override
    public List<Score> references() {
      return List.of();
    }
  }
}
