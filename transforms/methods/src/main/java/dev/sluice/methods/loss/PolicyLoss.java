package dev.sluice.methods.loss;

import dev.sluice.parts.Part;
import dev.sluice.parts.Port;

/** The loss of the tokens of a policy's update, without the KL estimate. */
@Port(value = "policy loss", stage = "UpdatePolicy", key = "loss", noun = "loss")
public interface PolicyLoss extends Part {}
