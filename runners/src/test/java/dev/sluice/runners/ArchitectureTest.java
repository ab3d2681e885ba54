package dev.sluice.runners;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Dependencies point one way, and what is heavy stays where it belongs (docs: architecture). */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String RECORDS = "dev.sluice.records..";
  private static final String MODELS = "dev.sluice.models..";
  private static final String PARTS = "dev.sluice.parts..";
  private static final String METHODS = "dev.sluice.methods..";
  private static final String STAGES = "dev.sluice.stages..";
  private static final String PIPELINES = "dev.sluice.pipelines..";
  private static final String EXPORT = "dev.sluice.export..";
  private static final String RUNNERS = "dev.sluice.runners..";
  private static final String REFERENCE = "dev.sluice.methods.arithmetic.reference..";

  /** The only classes that may look at references and grading programs of the arithmetic world. */
  private static final Set<String> READERS_OF_REFERENCE =
      Set.of(
          "dev.sluice.methods.verification.CalculatorCheck",
          "dev.sluice.stages.evaluation.Truth",
          "dev.sluice.stages.training.ExampleBatches");

  @ArchTest
  static final ArchRule RECORDS_STAND_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(RECORDS, PARTS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MODELS, METHODS, STAGES, PIPELINES, EXPORT, RUNNERS);

  @ArchTest
  static final ArchRule MODELS_KNOW_RECORDS =
      noClasses()
          .that()
          .resideInAPackage(MODELS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(METHODS, STAGES, PIPELINES, EXPORT, RUNNERS);

  @ArchTest
  static final ArchRule JINJA_KNOWS_NOTHING_ELSE =
      noClasses()
          .that()
          .resideInAPackage("dev.sluice.jinja..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.sluice..").and(resideOutsideOfPackages("dev.sluice.jinja..")));

  @ArchTest
  static final ArchRule METHODS_KNOW_MODELS_AND_RECORDS =
      noClasses()
          .that()
          .resideInAPackage(METHODS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(STAGES, PIPELINES, EXPORT, RUNNERS);

  @ArchTest
  static final ArchRule STAGES_KNOW_METHODS_MODELS_AND_RECORDS =
      noClasses()
          .that()
          .resideInAPackage(STAGES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PIPELINES, EXPORT, RUNNERS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule PIPELINES_KNOW_NO_RUNNER =
      noClasses()
          .that()
          .resideInAPackage(PIPELINES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EXPORT, RUNNERS);

  @ArchTest
  static final ArchRule EXPORT_KNOWS_METHODS_AND_RECORDS =
      noClasses()
          .that()
          .resideInAPackage(EXPORT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MODELS, STAGES, PIPELINES, RUNNERS)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_MODELS_USE_DJL =
      noClasses()
          .that()
          .resideOutsideOfPackage(MODELS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule ONLY_NUMERICS_CALL_NATIVE_FUNCTIONS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.models.numerics..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule ONLY_RECORDS_USE_PARQUET =
      noClasses()
          .that()
          .resideOutsideOfPackage(RECORDS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule NO_BEAM_IN_RECORDS_MODELS_METHODS_EXPORT =
      noClasses()
          .that()
          .resideInAnyPackage(RECORDS, PARTS, MODELS, METHODS, EXPORT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule ONLY_RUNNERS_USE_AN_ENGINE =
      noClasses()
          .that()
          .resideOutsideOfPackage(RUNNERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.flink..", "org.apache.beam.runners..");

  @ArchTest
  static final ArchRule ONLY_THE_LEDGER_AND_QUERIES_USE_A_DATABASE =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.sluice.pipelines.ledger..", "dev.sluice.methods.sql..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "org.postgresql..");

  @ArchTest
  static final ArchRule ONLY_ALERTS_SEND_MAIL =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.sluice.pipelines.schedule.alerts..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..");

  @ArchTest
  static final ArchRule RUNS_AND_ARTIFACTS_DO_NOT_KNOW_THE_LEDGER =
      noClasses()
          .that()
          .resideInAPackage(PIPELINES)
          .and()
          .resideOutsideOfPackages(
              "dev.sluice.pipelines.ledger..", "dev.sluice.pipelines.schedule..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.sluice.pipelines.ledger..");

  @ArchTest
  static final ArchRule GUICE_STAYS_WHERE_THE_GRAPH_IS_PUT_TOGETHER =
      noClasses()
          .that(resideOutsideOfPackages(PIPELINES, RUNNERS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.google.inject..", "jakarta.inject..", "javax.inject..");

  @ArchTest
  static final ArchRule REFERENCES_ARE_READ_BY_NAMED_CLASSES_ONLY =
      noClasses()
          .that(resideOutsideOfPackages(REFERENCE).and(notNamed(READERS_OF_REFERENCE)))
          .should()
          .dependOnClassesThat(resideInAPackage(REFERENCE));

  private static DescribedPredicate<JavaClass> notNamed(Set<String> names) {
    return DescribedPredicate.describe(
        "are none of " + names,
        type -> {
          JavaClass outer = type;
          while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
          }
          return !names.contains(outer.getName());
        });
  }
}
