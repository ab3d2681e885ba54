package org.example.plugin;

import dev.sluice.parts.Method;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.synthesis.DrawnSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Problems of the arithmetic world, each one more than the last. */
@Kind(value = "ladder", doc = "The chains 10+1-2, 11+1-2, 12+1-2 and so on.")
@Method(name = "Ladder", formula = "question i: (10 + i) + 1 - 2")
public record Ladder(@Key(value = "Number of problems.", min = 1, max = 1000) int count)
    implements DrawnSource {

  @Override
  public List<Problem> problems(long seed, int from, int to) {
    List<Problem> problems = new ArrayList<>();
    for (int i = from; i < to; i++) {
      List<Message> messages =
          List.of(Message.user("%d+1-2".formatted(10 + i)));
      problems.add(
          new Problem(
              Hashes.problemId(messages),
              messages,
              Integer.toString(9 + i),
              "ladder",
              2,
              Map.of("format", "arithmetic")));
    }
    return problems;
  }
}
