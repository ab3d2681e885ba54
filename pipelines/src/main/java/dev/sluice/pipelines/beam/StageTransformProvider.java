package dev.sluice.pipelines.beam;

import dev.sluice.models.provider.DjlSpec;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.pipelines.plan.ContentHasher;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.records.schema.SnakeCase;
import dev.sluice.stages.StageType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.Row;

/**
 * Makes a stage known to Beam under {@code beam:schematransform:dev.sluice:NAME:v1}. Its config has
 * the keys of the stage's block in a pipeline file and two more: {@code seed}, and {@code models},
 * which gives each model that the block names as {@code builtin:NAME} or a directory.
 */
abstract class StageTransformProvider<C extends Record> implements SchemaTransformProvider {
  private static final String MODELS = "models";
  private static final String SEED = "seed";

  private final StageType<C> type;

  StageTransformProvider(StageType<C> type) {
    this.type = type;
  }

  @Override
  public String identifier() {
    return "beam:schematransform:dev.sluice:%s:v1".formatted(SnakeCase.of(type.name()));
  }

  @Override
  public String description() {
    return type.doc();
  }

  @Override
  public Schema configurationSchema() {
    return RowSchemas.ofConfig(type.configType())
        .addField(
            Schema.Field.nullable(MODELS, FieldType.map(FieldType.STRING, FieldType.STRING))
                .withDescription("Each model that the config names: builtin:NAME or a directory."))
        .addField(
            Schema.Field.nullable(SEED, FieldType.INT64)
                .withDescription("Every random number is derived from it; 0 if absent."))
        .build();
  }

  @Override
  public List<String> outputCollectionNames() {
    return List.of(StageTransform.OUTPUT, StageTransform.ERRORS);
  }

  @Override
  public SchemaTransform from(Row configuration) {
    Map<String, ModelReference> models = new TreeMap<>();
    Map<String, String> named = configuration.getMap(MODELS);
    ContentHasher contents = new ContentHasher();
    if (named != null) {
      named.forEach((name, from) -> models.put(name, contents.ofModel(name, DjlSpec.usual(from))));
    }
    Long seed = configuration.getInt64(SEED);
    C config = PipelineFile.config(type.configType(), ConfigText.of(configuration, type));
    return StageTransform.of(type, config, models, seed == null ? 0 : seed, new LocalModels());
  }
}
