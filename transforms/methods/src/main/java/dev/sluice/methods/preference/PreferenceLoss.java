package dev.sluice.methods.preference;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;

/**
 * What an update minimises that learns from comparisons instead of advantages: a {@link PairedLoss}
 * of two responses to a problem, or an {@link UnpairedLoss} of each response that is wanted or not.
 * Both hold the policy near the reference themselves.
 */
@Port(value = "preference loss", stage = "UpdatePolicy", key = "preference", noun = "loss")
public sealed interface PreferenceLoss extends Part permits PairedLoss, UnpairedLoss {}
