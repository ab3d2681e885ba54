package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.records.config.Key;
import dev.sluice.records.json.Json;
import dev.sluice.records.schema.RecordSchema;
import dev.sluice.records.schema.SnakeCase;
import dev.sluice.stages.StageType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Changes every key of every stage's config, one at a time: each decides the fingerprint but for
 * those listed here. A key that is new is in the test without being named.
 */
class FingerprintKeysTest {
  /** Keys that decide only how fast or where work is done. */
  private static final Set<String> RESOURCE =
      Set.of(
          "FineTune.checkpoint_steps",
          "SynthesizeProblems.shard_problems",
          "TrainReward.checkpoint_steps",
          "UpdatePolicy.keep_every");

  /** Keys that name a model or a file, whose content stands in the fingerprint in their place. */
  private static final Set<String> NAMES =
      Set.of(
          "AggregateStepLabels.estimator.path",
          "Evaluate.base",
          "Evaluate.judge.as_reward",
          "Evaluate.policy",
          "Evaluate.reward",
          "Evaluate.suites.rows.path",
          "Evaluate.verifier",
          "FilterProblems.benchmarks.path",
          "FilterProblems.paraphrases.encoder",
          "FineTune.model",
          "FineTune.source.path",
          "SampleSolutions.file.path",
          "SampleSolutions.model",
          "SelectSolutions.reward.base",
          "SelectSolutions.reward.databases",
          "SelectSolutions.reward.encoder",
          "SelectSolutions.reward.model",
          "SynthesizeProblems.source.path",
          "TrainReward.model",
          "UpdatePolicy.alarms.verifier",
          "UpdatePolicy.model",
          "UpdatePolicy.reward.base",
          "UpdatePolicy.reward.databases",
          "UpdatePolicy.reward.encoder",
          "UpdatePolicy.reward.model",
          "VerifySolutions.checks.reward.base",
          "VerifySolutions.checks.reward.databases",
          "VerifySolutions.checks.reward.encoder",
          "VerifySolutions.checks.reward.model",
          "VerifySolutions.file.path",
          "VerifySolutions.model");

  private static final List<String> PROMPTS =
      List.of(
          "Evaluate.judge.prompt",
          "Evaluate.prompt",
          "Evaluate.verifier_prompt",
          "SampleSolutions.prompt",
          "SelectSolutions.prompt",
          "SelectSolutions.reward.prompt",
          "UpdatePolicy.alarms.prompt",
          "UpdatePolicy.prompt",
          "UpdatePolicy.reward.prompt",
          "VerifySolutions.checks.reward.prompt",
          "VerifySolutions.prompt");

  private final Set<String> ignored = new TreeSet<>();
  private int changed;

  @Test
  void everyKeyDecidesTheFingerprintButForThoseListed() {
    for (StageType<?> type : RealStagesTest.ALL) {
      for (Record config : samples(type.configType())) {
        change(type.name(), config, whole -> stage((Record) whole));
      }
    }
    Set<String> expected = new TreeSet<>(NAMES);
    expected.addAll(RESOURCE);
    for (String prompt : PROMPTS) {
      // For people; the texts of a prompt decide.
      for (String key : List.of("name", "doc", "source")) {
        expected.add(prompt + ".file." + key);
      }
    }
    assertThat(ignored).isEqualTo(expected);
    assertThat(changed).isGreaterThan(100);
  }

  private static String stage(Record config) {
    return Json.line(Canonical.withoutDefaults(Map.of(), Canonical.Scope.STAGE).tree(config));
  }

  /** Changes every key below a record; {@code text} gives the fingerprint's text of the whole. */
  private void change(String path, Record record, Function<Object, String> text) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      int place = i;
      String name = path + "." + SnakeCase.of(components[i].getName());
      Object value = RecordSchema.of(record.getClass()).fields().get(i).get(record);
      Function<Object, String> below = inner -> text.apply(with(record, place, inner));
      if (components[i].getAnnotation(Key.class).inline()) {
        for (Record part : samples(components[i].getType())) {
          change(path, part, below);
        }
        continue;
      }
      Object first = value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value;
      // Parts of its own port within a part are what they are elsewhere.
      if (first instanceof Record inner && !holdsItsPort(components[i], record)) {
        boolean listed = value instanceof List<?>;
        for (Record kind : samples(listed ? item(components[i]) : components[i].getType())) {
          change(name, kind, each -> below.apply(listed ? List.of(each) : each));
        }
        assertThat(inner).isNotNull();
        continue;
      }
      Object other =
          sample(components[i].getGenericType(), components[i].getAnnotation(Key.class), i, 1);
      assertThat(other).as("another value for %s", name).isNotEqualTo(value);
      if (below.apply(value).equals(below.apply(other))) {
        ignored.add(name);
      } else {
        changed++;
      }
    }
  }

  private static boolean holdsItsPort(RecordComponent component, Record record) {
    return component.getGenericType() instanceof ParameterizedType
        && component.getType() == List.class
        && item(component).isAnnotationPresent(Port.class)
        && item(component).isInstance(record);
  }

  private static Class<?> item(RecordComponent component) {
    return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
  }

  /** A record of a type; of a block of several kinds, one of each. */
  private static List<Record> samples(Class<?> type) {
    if (!type.isAnnotationPresent(Port.class)) {
      return List.of(sampleOf(type));
    }
    List<Record> all = new ArrayList<>();
    Registry.get().parts(type).values().forEach(part -> all.add(sampleOf(part)));
    return all;
  }

  private static Record sampleOf(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] =
          sample(components[i].getGenericType(), components[i].getAnnotation(Key.class), i, 0);
    }
    return RecordSchema.of(type.asSubclass(Record.class)).make(values);
  }

  /** A value; later components have greater numbers, as the ends of a range must. */
  private static Object sample(Type type, Key key, int place, int variant) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType() == List.class
          ? List.of(sample(arguments[0], key, place, variant))
          : Map.of("key", sample(arguments[1], key, place, variant));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == boolean.class || plain == Boolean.class) {
      return variant == 1;
    }
    if (plain == int.class || plain == Integer.class) {
      return 10 * (place + 1) + variant;
    }
    if (plain == long.class || plain == Long.class) {
      return 10L * (place + 1) + variant;
    }
    if (plain == double.class || plain == Double.class) {
      return 0.1 + 0.02 * place + 0.01 * variant;
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[variant];
    }
    if (plain.isAnnotationPresent(Port.class)) {
      List<? extends Class<?>> parts = List.copyOf(Registry.get().parts(plain).values());
      return sampleOf(parts.get(Math.min(variant, parts.size() - 1)));
    }
    if (plain.isRecord()) {
      return sampleOf(plain);
    }
    return key.choices().length > 1 ? key.choices()[variant] : "line_" + variant;
  }

  private static Record with(Record record, int place, Object value) {
    RecordSchema<?> schema = RecordSchema.of(record.getClass());
    List<@Nullable Object> values = new ArrayList<>();
    schema.fields().forEach(field -> values.add(field.get(record)));
    values.set(place, value);
    return schema.make(values.toArray());
  }
}
