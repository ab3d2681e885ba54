package dev.sluice.methods.selection;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The best of the samples. */
@Kind(value = "best", doc = "The solutions of a problem with the highest rewards.")
@Method(
    name = "Best-of-n selection",
    paper = "RAFT, arXiv 2304.06767; Qwen2.5-Math, arXiv 2409.12122",
    formula = "the n highest r_i, ties by the lowest i; n = count",
    papers = {"2304.06767", "2409.12122"})
public record BestSelection(
    @Key(value = "Solutions per problem.", byDefault = "1", min = 1) int count,
    @Key(
            "Reward above which a solution may be selected. Default: no threshold, so that a problem without a right solution has examples, too.")
        @Nullable Double threshold,
    @Key(
            value =
                "Whether equal solutions of a problem count once; the one with the lowest index is kept.",
            byDefault = "true")
        boolean distinct)
    implements SelectionRule {

  @Override
  public List<Candidate> select(List<Candidate> candidates) {
    return Candidate.ordered(candidates, distinct).stream()
        .filter(each -> threshold == null || each.reward() > threshold)
        .sorted(Candidate.BEST_FIRST)
        .limit(count)
        .sorted(Candidate.BY_INDEX)
        .toList();
  }
}
