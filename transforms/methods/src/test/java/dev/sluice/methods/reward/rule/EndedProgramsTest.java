package dev.sluice.methods.reward.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardContext;
import dev.sluice.methods.reward.Score;
import dev.sluice.methods.reward.StepScoreRules;
import dev.sluice.methods.sandbox.Sandbox;
import dev.sluice.methods.sandbox.SandboxException;
import dev.sluice.methods.sandbox.SandboxLimits;
import dev.sluice.models.Completion;
import dev.sluice.models.Embedder;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Programs that a sandbox ended are counted, and a machine without one ends the stage. */
class EndedProgramsTest {
  private static final SandboxLimits LIMITS = new SandboxLimits(1, 20, 256, 1, 8, 4);
  private static final CodeTestsReward REWARD =
      new CodeTestsReward("python3", "tests", CodeTestsReward.Passing.FRACTION, LIMITS);

  private static Group group(String... programs) {
    Problem problem =
        new Problem(
            "p1",
            List.of(Message.user("Write f.")),
            null,
            "test",
            null,
            Map.of("tests", "[\"assert f(1) == 1\"]"));
    List<Response> responses = new ArrayList<>();
    for (String program : programs) {
      Completion completion =
          new Completion(program, new int[1], new float[1], Completion.FinishReason.STOP);
      responses.add(
          Response.of(
              problem, responses.size(), "r" + responses.size(), completion, SolvePrompt.TASK));
    }
    return new Group(problem, responses);
  }

  @Test
  void programs_thatDoNotEndWell_areCounted() {
    try {
      Sandbox.open("python3", LIMITS);
    } catch (SandboxException e) {
      Assumptions.abort("This machine gives no sandbox: " + e.getMessage());
    }
    Counting counting = new Counting(true);
    List<Score> scores =
        REWARD.score(
            List.of(
                group(
                    "def f(x): return x",
                    "while True: pass",
                    "import socket; socket.create_connection(('1.1.1.1', 80), 1)",
                    "def f(x): return 2",
                    "print('x' * 5_000_000)")),
            counting);
    assertThat(scores).extracting(Score::reward).containsExactly(1.0, 0.0, 0.0, 0.0, 0.0);
    assertThat(counting.ended).containsExactly("cpu", "network", "failed", "output");
    Counting silent = new Counting(false);
    assertThat(REWARD.score(List.of(group("while True: pass")), silent))
        .containsExactly(Score.of(0));
    assertThat(silent.ended).isEmpty();
  }

  @Test
  void machineWithoutASandbox_isNoFaultOfARow() {
    assertThatThrownBy(
            () ->
                RowFault.read(
                    () -> {
                      throw new SandboxException("none");
                    },
                    result -> {},
                    failure -> {}))
        .isInstanceOf(SandboxException.class);
  }

  private static final class Counting implements RewardContext {
    private final List<String> ended = new ArrayList<>();
    private final boolean asks;

    Counting(boolean asks) {
      this.asks = asks;
    }

    @Override
    public void ended(String how) {
      ended.add(how);
    }

    @Override
    public boolean asks(Response response) {
      return asks;
    }

    @Override
    public LanguageModel model(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StepClassifier classifier(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Embedder embedder(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TokenSpans tokens(Response response) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String prompt(Response response) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<TokenCertainty> certainty(List<Response> responses) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long seed() {
      return 1;
    }

    @Override
    public String stage() {
      return "UpdatePolicy";
    }

    @Override
    public int round() {
      return 1;
    }

    @Override
    public StepScoreRules rules() {
      throw new UnsupportedOperationException();
    }
  }
}
