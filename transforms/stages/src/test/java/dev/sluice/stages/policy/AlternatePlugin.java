package dev.sluice.stages.policy;

import dev.sluice.methods.group.GroupRule;
import dev.sluice.methods.group.RolloutGroup;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;
import dev.sluice.records.config.Kind;
import java.util.List;

/** A group rule that remembers what it did in the round before. */
public final class AlternatePlugin implements SluicePlugin {
  private static final String SKIP = "skip";

  @Override
  public void register(Registrar registrar) {
    registrar.part(GroupRule.class, Alternate.class);
  }

  /** Keeps all groups of every other round. */
  @Kind(value = "alternate", doc = "Keeps all groups of every other round.")
  public record Alternate() implements GroupRule {
    @Override
    public Composition compose(List<RolloutGroup> groups, int wanted, String state) {
      return state.equals(SKIP)
          ? new Composition(List.of(), 0, "keep")
          : new Composition(groups, 0, SKIP);
    }
  }
}
