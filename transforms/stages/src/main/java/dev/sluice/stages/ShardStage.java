package dev.sluice.stages;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A stage whose work on a shard needs nothing but that shard: a plain function over the rows of
 * some problems, with models at hand. Such a stage can also be hosted in anybody's Beam pipeline.
 */
public interface ShardStage extends Stage {

  /** The ports whose shards meet in a unit; there is a unit for each shard of the first. */
  List<String> ports();

  /**
   * Chooses the rows of the primary table that a model wrote, each in a reply of its own, so that
   * one can be asked again without the others; absent if the stage asks no model row by row.
   */
  default Optional<Predicate<Record>> askedRows() {
    return Optional.empty();
  }

  /** One unit for each shard, with the shards beside it. */
  default List<Unit> shards(StageDriver driver) {
    String[] beside = ports().subList(1, ports().size()).toArray(String[]::new);
    return driver.unitPerShard("shard", ports().get(0), beside);
  }
}
