package dev.sluice.pipelines.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.provider.ModelIdentity;
import dev.sluice.models.provider.ScriptedSpec;
import dev.sluice.pipelines.file.PipelineFile;
import dev.sluice.pipelines.models.LocalModels;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.StepLabel;
import dev.sluice.records.Verification;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.StageType;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.selection.SelectSolutions;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.verification.VerifySolutions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stages in a Beam pipeline of somebody's own. */
@Tag("flink")
class StageTransformTest {
  /** What pipelines of this test wrote, by collection. */
  private static final Map<String, ConcurrentLinkedQueue<Row>> SEEN =
      new java.util.concurrent.ConcurrentHashMap<>();

  private static final Map<String, ModelReference> MODELS =
      Map.of(
          "solver",
          scripted(
              Map.of(
                  "4+5-2", List.of("4+5=9\n9-2=7\n#7", "4+5=9\n9-2=8\n#8"),
                  "7+2", List.of("7+2=9\n#9", "7+2=9\n#9"))),
          "judge",
          scripted(
              Map.of(
                  "9-2=8", List.of("a y n y", "b y y y", "a y n y"),
                  "9-2=7", List.of("a y y y", "a y y y", "no vote"),
                  "7+2=9", List.of("a y y", "a y y", "a y y"))));

  private static ModelReference scripted(Map<String, List<String>> replies) {
    return new ModelReference(
        new ScriptedSpec(replies), new ModelIdentity("scripted", Hashes.hex(replies)));
  }

  private static Problem problem(String chain) {
    List<Message> messages = List.of(Message.user(chain));
    return new Problem(
        Hashes.problemId(messages), messages, "7", "test", 2, Map.of("format", "arithmetic"));
  }

  private static final class See extends DoFn<Row, Void> {
    private static final long serialVersionUID = 1;
    private final String name;

    See(String name) {
      this.name = name;
    }

    @ProcessElement
    public void process(@Element Row row) {
      SEEN.computeIfAbsent(name, n -> new ConcurrentLinkedQueue<>()).add(row);
    }
  }

  private static <C extends Record> SchemaTransform transform(StageType<C> type, String yaml) {
    C config = PipelineFile.config(type.configType(), yaml);
    return StageTransform.of(type, config, MODELS, 7, new LocalModels());
  }

  private static <R extends Record> List<R> seen(String name, Table<R> table) {
    List<R> rows = new ArrayList<>();
    for (Row row : SEEN.getOrDefault(name, new ConcurrentLinkedQueue<>())) {
      rows.add(TableRows.toRecord(row, table, Set.of()));
    }
    return rows;
  }

  private static PCollection<Row> create(Pipeline pipeline, List<Problem> problems) {
    Schema schema = RowSchemas.of(Tables.PROBLEMS);
    List<Row> rows = problems.stream().map(each -> TableRows.toRow(each, schema)).toList();
    return pipeline.apply(Create.of(rows).withRowSchema(schema));
  }

  private static void see(PCollectionRowTuple made, String name, String collection) {
    made.get(collection).apply("See " + name, ParDo.of(new See(name)));
  }

  @Test
  void chainOfStagesMakesLabels() {
    SEEN.clear();
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<Row> problems =
        create(pipeline, List.of(problem("7+2"), problem("4+5-2"), problem("9-9")));
    PCollectionRowTuple solutions =
        PCollectionRowTuple.of(StageTransform.INPUT, problems)
            .apply(transform(new SampleSolutions(), "{model: solver, samples: 2}"));
    PCollectionRowTuple votes =
        PCollectionRowTuple.of("solutions", solutions.get("output"))
            .and("problems", problems)
            .apply(transform(new VerifySolutions(), "{model: judge, votes: 3}"));
    PCollectionRowTuple labels =
        PCollectionRowTuple.of("verifications", votes.get("output"))
            .and("solutions", solutions.get("output"))
            .and("problems", problems)
            .apply(transform(new AggregateStepLabels(), "{preferences: 1}"));
    PCollectionRowTuple selected =
        PCollectionRowTuple.of("solutions", solutions.get("output"))
            .and("problems", problems)
            .apply(
                transform(
                    new SelectSolutions(),
                    "{reward: [{kind: process, model: judge}], pairs: best_worst}"));
    see(solutions, "dead solutions", "errors");
    see(selected, "examples", "output");
    see(selected, "selected pairs", "preferences");
    see(votes, "votes", "output");
    see(labels, "labels", "output");
    see(labels, "preferences", "preferences");
    pipeline.run().waitUntilFinish();

    // The scripted solver has no reply for 9-9: both of its samples are dead letters.
    assertThat(seen("dead solutions", Tables.DEAD_LETTERS))
        .extracting(DeadLetter::errorClass, DeadLetter::stage)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("request", "SampleSolutions"),
            org.assertj.core.api.Assertions.tuple("request", "SampleSolutions"));
    assertThat(seen("votes", Tables.VERIFICATIONS)).hasSize(12);
    assertThat(seen("votes", Tables.VERIFICATIONS).stream().filter(Verification::parsed))
        .hasSize(11);
    List<StepLabel> made =
        seen("labels", Tables.STEP_LABELS).stream()
            .sorted(Comparator.comparing(label -> label.steps().toString()))
            .toList();
    assertThat(made)
        .extracting(StepLabel::steps, StepLabel::firstError)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(List.of("4+5=9", "9-2=7", "#7"), -1),
            org.assertj.core.api.Assertions.tuple(List.of("4+5=9", "9-2=8", "#8"), 1),
            org.assertj.core.api.Assertions.tuple(List.of("7+2=9", "#9"), -1),
            org.assertj.core.api.Assertions.tuple(List.of("7+2=9", "#9"), -1));
    assertThat(seen("preferences", Tables.PREFERENCES)).hasSize(1);
    assertThat(seen("examples", Tables.EXAMPLES))
        .extracting(Example::completion)
        .containsExactlyInAnyOrder("4+5=9\n9-2=7\n#7", "7+2=9\n#9");
    assertThat(seen("selected pairs", Tables.PREFERENCES))
        .extracting(Preference::rejected)
        .containsExactly("4+5=9\n9-2=8\n#8");
  }

  @Test
  void rowsGoThereAndBack() {
    Solution solution =
        new Solution(
            "s", "p", 1, "4+5=9", List.of("4+5=9"), null, "stop", 3, 4, -0.5, null, "m", true, "h");
    Row row = TableRows.toRow(solution, RowSchemas.of(Tables.SOLUTIONS));
    assertThat(row.getArray("steps")).containsExactly("4+5=9");
    assertThat(TableRows.toRecord(row, Tables.SOLUTIONS, Set.of())).isEqualTo(solution);
    assertThat(TableRows.toRecord(row, Tables.SOLUTIONS, Set.of("reference_correct")))
        .extracting(Solution::referenceCorrect)
        .isNull();
    Problem problem = problem("4+5-2");
    Row asRow = TableRows.toRow(problem, RowSchemas.of(Tables.PROBLEMS));
    assertThat(TableRows.toRecord(asRow, Tables.PROBLEMS, Set.of())).isEqualTo(problem);
  }

  @Test
  void inputsThatDoNotFitAreNamed() {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollection<Row> problems = create(pipeline, List.of(problem("7+2")));
    assertThatThrownBy(
            () ->
                PCollectionRowTuple.of("problems", problems)
                    .apply(transform(new VerifySolutions(), "{model: judge}")))
        .hasMessage(
            "VerifySolutions needs the input 'solutions' with rows of the table 'solutions'; it was given [problems].");
    assertThatThrownBy(
            () ->
                PCollectionRowTuple.of("solutions", problems)
                    .and("problems", problems)
                    .apply(transform(new VerifySolutions(), "{model: judge}")))
        .hasMessageStartingWith(
            "VerifySolutions: the rows of the input 'solutions' lack the fields [solution_id, ");
    assertThatThrownBy(
            () ->
                PCollectionRowTuple.of("problems", problems)
                    .and("votes", problems)
                    .apply(transform(new SampleSolutions(), "{model: solver}")))
        .hasMessage("SampleSolutions has no input 'votes'; its inputs are [problems].");
    assertThatThrownBy(
            () -> transform(new SynthesizeProblems(), "{source: {kind: arithmetic, count: 3}}"))
        .hasMessage(
            "SynthesizeProblems needs more than the rows of some problems, so it cannot be a transform of rows; run it with sluice run.");
  }

  @Test
  void providersAreFoundAndReadTheirConfig() {
    List<String> found = new ArrayList<>();
    SchemaTransformProvider verify = null;
    SchemaTransformProvider select = null;
    for (SchemaTransformProvider provider : ServiceLoader.load(SchemaTransformProvider.class)) {
      if (provider.identifier().startsWith("beam:schematransform:dev.sluice:")) {
        found.add(provider.identifier());
        if (provider instanceof VerifySolutionsProvider) {
          verify = provider;
        } else if (provider instanceof SelectSolutionsProvider) {
          select = provider;
        }
      }
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "beam:schematransform:dev.sluice:sample_solutions:v1",
            "beam:schematransform:dev.sluice:generate_rubrics:v1",
            "beam:schematransform:dev.sluice:verify_solutions:v1",
            "beam:schematransform:dev.sluice:aggregate_step_labels:v1",
            "beam:schematransform:dev.sluice:select_solutions:v1");
    assertThat(verify).isNotNull();
    Schema schema = verify.configurationSchema();
    Row good =
        Row.withSchema(schema)
            .withFieldValue("model", "judge")
            .withFieldValue("votes", 4)
            .withFieldValue("granularity", "step")
            .withFieldValue("checks", List.of())
            .withFieldValue("models", Map.of("judge", "builtin:tiny-verifier"))
            .withFieldValue("seed", 7L)
            .build();
    assertThat(verify.from(good)).isInstanceOf(StageTransform.class);
    assertThat(select).isNotNull();
    Row rewards =
        Row.withSchema(select.configurationSchema())
            .withFieldValue(
                "reward", List.of("{kind: process, model: judge, weight: 0.5}", "majority"))
            .withFieldValue("select", "{kind: best, count: 2}")
            .withFieldValue("models", Map.of("judge", "builtin:tiny-verifier"))
            .build();
    assertThat(select.from(rewards)).isInstanceOf(StageTransform.class);
    Row bad = Row.withSchema(schema).withFieldValue("votes", 0).build();
    SchemaTransformProvider provider = verify;
    assertThatThrownBy(() -> provider.from(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("votes");
  }
}
