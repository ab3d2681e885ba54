package dev.sluice.runners;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.sluice.methods.text.Memo;
import dev.sluice.records.parquet.Table;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** State of the process has one owner, {@code WorkerProcess}; no other static field changes. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class StaticStateTest {
  /** Static state that stays where it is, with the reason. */
  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry(
              "dev.sluice.pipelines.process.WorkerProcess.current", "the owner of the rest itself"),
          Map.entry(
              "dev.sluice.records.Secrets.KNOWN",
              "texts of every module are masked, messages of exceptions included"),
          Map.entry(
              "dev.sluice.parts.Registry.BY_LOADER", "follows from class loaders alone, softly"),
          Map.entry(
              "dev.sluice.records.schema.RecordSchema.SCHEMAS", "follows from the class alone"),
          Map.entry("dev.sluice.pipelines.file.Shape$Fields.OF", "follows from the class alone"),
          Map.entry("dev.sluice.models.numerics.MathLibrary.KEPT", "native libraries"),
          Map.entry("dev.sluice.models.numerics.MathLibrary.WARNED", "native libraries"),
          Map.entry("dev.sluice.models.numerics.MathLibrary.asked", "native libraries"),
          Map.entry("dev.sluice.models.numerics.MathLibrary.prepared", "native libraries"),
          Map.entry("dev.sluice.models.djl.engine.NativeEngine.kernels", "native libraries"),
          Map.entry("dev.sluice.models.djl.engine.NativeEngine.MATH", "native libraries"),
          Map.entry(
              "dev.sluice.models.builtin.EngineVersion.BUILD", "what the build wrote into the jar"),
          Map.entry("dev.sluice.models.djl.decode.ModelNumerics.MODELS", "native libraries"),
          Map.entry("dev.sluice.models.djl.decode.ModelNumerics.PACKED", "native libraries"),
          Map.entry(
              "dev.sluice.methods.answers.AnswerEquality.PARSED", "values of a pure function"),
          Map.entry(
              "dev.sluice.stages.synthesis.ArithmeticProblems.last", "a value of a pure function"),
          Map.entry("dev.sluice.stages.synthesis.IndexedRows.KEPT", "what files hold, softly"),
          Map.entry("dev.sluice.stages.filtering.Benchmarks.known", "what files hold, softly"),
          Map.entry("dev.sluice.stages.filtering.Benchmarks.kept", "what files hold, softly"));

  /** Types that only remember what follows from their arguments. */
  private static final Set<Class<?>> REMEMBERING = Set.of(Memo.class, Table.class);

  @ArchTest
  static final ArchRule STATIC_FIELDS_DO_NOT_CHANGE =
      fields()
          .that()
          .areStatic()
          .should(
              new ArchCondition<>("not change, nor hold what changes") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                  if (!REASONS.containsKey(field.getFullName()) && changes(field)) {
                    events.add(
                        SimpleConditionEvent.violated(
                            field,
                            field.getFullName()
                                + " changes while the process runs. Have WorkerProcess own it."));
                  }
                }
              });

  private static boolean changes(JavaField field) {
    if (field.getModifiers().contains(JavaModifier.SYNTHETIC)
        || (field.getRawType().isPrimitive()
            && field.getModifiers().contains(JavaModifier.FINAL))) {
      return false;
    }
    return !field.getModifiers().contains(JavaModifier.FINAL)
        || isMutable(field.getRawType().reflect())
        || (mayHoldState(field.getRawType().reflect())
            && holdsState(
                value(field.reflect(), null), Collections.newSetFromMap(new IdentityHashMap<>())));
  }

  /** Types of which every object changes. */
  private static boolean isMutable(Class<?> type) {
    return (type.getPackageName().startsWith("java.util.concurrent") && type != TimeUnit.class)
        || Reference.class.isAssignableFrom(type)
        || List.of(ThreadLocal.class, ClassValue.class, StringBuilder.class).contains(type);
  }

  /** Types whose objects are looked into. */
  private static boolean mayHoldState(Class<?> type) {
    return Map.class.isAssignableFrom(type)
        || Collection.class.isAssignableFrom(type)
        || type.getName().startsWith("dev.sluice.");
  }

  private static boolean holdsState(@Nullable Object value, Set<Object> seen) {
    if (value == null || !seen.add(value) || REMEMBERING.contains(value.getClass())) {
      return false;
    }
    Class<?> type = value.getClass();
    if (isMutable(type)) {
      return true;
    }
    if (value instanceof Map || value instanceof Collection) {
      return !type.getName().matches("java\\.util\\.(ImmutableCollections|Collections)\\$.*");
    }
    if (!type.getName().startsWith("dev.sluice.") || type.isHidden() || value instanceof Enum) {
      return false;
    }
    for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && (!Modifier.isFinal(field.getModifiers())
                || (!field.getType().isPrimitive() && holdsState(value(field, value), seen)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static @Nullable Object value(Field field, @Nullable Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
