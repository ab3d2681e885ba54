package dev.sluice.methods.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.verification.JudgeRequest;
import dev.sluice.models.Completion;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskedJudgeTest {
  private static Response response(String problem, int index) {
    Problem asked =
        new Problem(
            problem, List.of(Message.user(problem)), null, "test", null, Map.of("format", "text"));
    Completion completion =
        new Completion(problem + index, new int[0], new float[0], Completion.FinishReason.STOP);
    return Response.of(asked, index, problem + "-" + index, completion, SolvePrompt.TASK);
  }

  @Test
  void siblings_areTheOthersToTheProblemByIndexWhateverTheirPlace() {
    List<JudgeRequest> cases =
        AskedJudge.requests(
            List.of(response("a", 2), response("b", 0), response("a", 0), response("a", 1)));
    assertThat(cases).extracting(JudgeRequest::id).containsExactly("a-2", "b-0", "a-0", "a-1");
    assertThat(cases)
        .extracting(JudgeRequest::siblings)
        .containsExactly(List.of("a0", "a1"), List.of(), List.of("a1", "a2"), List.of("a0", "a2"));
  }
}
