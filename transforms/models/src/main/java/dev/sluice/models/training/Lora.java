package dev.sluice.models.training;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;

/**
 * Training of low-rank adapters (Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models",
 * 2021): a matrix W of the model stays as it is, and alpha / rank * B A is added to it, of which A
 * and B are trained. A begins as PEFT begins it, B with zeros.
 */
public record Lora(
    @Key(value = "Rank of the adapter matrices.", byDefault = "8", min = 1) int rank,
    @Key(
            value = "Scaling: the adapter adds alpha / rank * B A to the weights.",
            byDefault = "16",
            min = 0,
            minExclusive = true)
        double alpha,
    @Key(
            value = "Weight matrices of each layer that get an adapter.",
            byDefault = "[q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]",
            min = 1)
        List<Matrix> targetModules)
    implements Serializable {

  /** A matrix of a layer. */
  public enum Matrix {
    Q_PROJ,
    K_PROJ,
    V_PROJ,
    O_PROJ,
    GATE_PROJ,
    UP_PROJ,
    DOWN_PROJ
  }

  public Lora {
    targetModules = List.copyOf(targetModules);
  }
}
