package dev.sluice.methods.reward;

import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The responses to one problem.
 *
 * @param problem the problem
 * @param responses at least one, in ascending order of their index
 */
public record Group(Problem problem, List<Response> responses) {

  public Group {
    responses = List.copyOf(responses);
  }

  /** Responses by their problem, both in the order in which they come. */
  public static List<Group> of(List<Response> responses) {
    Map<String, List<Response>> groups = new LinkedHashMap<>();
    for (Response response : responses) {
      groups.computeIfAbsent(response.problem().problemId(), id -> new ArrayList<>()).add(response);
    }
    return groups.values().stream().map(each -> new Group(each.get(0).problem(), each)).toList();
  }
}
