package dev.sluice.methods.reward;

import dev.sluice.methods.reward.SparkRewards.Design;
import dev.sluice.methods.reward.SparkRewards.OnMismatch;
import dev.sluice.methods.reward.SparkRewards.StepBounds;
import org.jspecify.annotations.Nullable;

/**
 * How votes on steps are read, whichever term asks for them (METHODS 1.6).
 *
 * @param onMismatch what another number of verdicts than steps does
 * @param design how verdicts on steps reach the tokens, on which the script's guards depend
 * @param stepBounds fewest and most steps of a response in words; null for no bounds
 */
public record JudgementRules(
    OnMismatch onMismatch, Design design, @Nullable StepBounds stepBounds) {}
