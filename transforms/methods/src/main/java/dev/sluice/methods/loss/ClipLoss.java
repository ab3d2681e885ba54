package dev.sluice.methods.loss;

import dev.sluice.parts.Method;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import org.jspecify.annotations.Nullable;

/** The clipped ratio of PPO and GRPO. */
@Kind(value = "clip", doc = "The clipped ratio of PPO and GRPO (METHODS 2.1).")
@Method(
    name = "Clipped policy gradient",
    paper =
        "PPO, arXiv 1707.06347, eq. 7; clip-higher: DAPO, arXiv 2503.14476; dual clip: arXiv 1912.09729, eq. 5",
    formula =
        "-min(rho A, clip(rho, 1 - low, 1 + high) A), rho = exp(log p - log p_old); for A < 0 at most -dual_clip A",
    papers = {"1707.06347", "2503.14476", "1912.09729"})
public record ClipLoss(
    @Key(value = "Clip range of the ratio below 1.", byDefault = "0.2", min = 0, max = 1)
        double low,
    @Key(value = "Clip range above 1.", byDefault = "0.28", min = 0) double high,
    @Key(
            value =
                "Bounds the loss of a token with a negative advantage A by this times -A (verl: 3). Absent: no bound.",
            min = 1,
            minExclusive = true)
        @Nullable Double dualClip)
    implements PolicyLoss {}
