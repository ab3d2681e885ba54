package dev.sluice.methods.selection;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reward does not reject. */
@Kind(value = "above", doc = "All solutions whose reward is above a threshold.")
@Method(
    name = "Rejection sampling",
    paper = "RFT, arXiv 2308.01825; STaR, arXiv 2203.14465; ReST-EM, arXiv 2312.06585",
    formula = "the k lowest i with r_i > threshold, of equal texts the lowest i; k = most",
    papers = {"2308.01825", "2203.14465", "2312.06585"},
    departs =
        "RFT tells solutions apart by their lists of equations; here their texts count. STaR asks again with the answer as a hint where no solution is right; Sluice does not.")
public record AboveSelection(
    @Key("Reward above which a solution is selected. Default: `success` of the stage.")
        @Nullable Double threshold,
    @Key(
            value =
                "Maximum number of solutions per problem; those with the lowest index are selected. ReST-EM uses 10. Default: no maximum.",
            min = 1)
        @Nullable Integer most,
    @Key(
            value =
                "Whether equal solutions of a problem count once; the one with the lowest index is kept.",
            byDefault = "true")
        boolean distinct)
    implements SelectionRule {

  @Override
  public List<Candidate> select(List<Candidate> candidates) {
    return Candidate.ordered(candidates, distinct).stream()
        .filter(each -> threshold == null ? each.right() : each.reward() > threshold)
        .limit(most == null ? Integer.MAX_VALUE : most)
        .toList();
  }
}
