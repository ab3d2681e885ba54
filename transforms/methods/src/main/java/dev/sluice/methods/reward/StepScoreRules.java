package dev.sluice.methods.reward;

import dev.sluice.methods.reward.SparkRewards.OnMismatch;
import dev.sluice.methods.reward.SparkRewards.StepBounds;
import org.jspecify.annotations.Nullable;

/**
 * How votes on steps are read, whichever term asks for them (METHODS 1.6).
 *
 * @param onMismatch what another number of verdicts than steps does
 * @param guard what bounds on steps do under {@link OnMismatch#SPARK}
 * @param stepBounds fewest and most steps of a response in words; null for no bounds
 */
public record StepScoreRules(
    OnMismatch onMismatch, StepGuard guard, @Nullable StepBounds stepBounds) {}
