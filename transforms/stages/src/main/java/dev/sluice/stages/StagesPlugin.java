package dev.sluice.stages;

import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.parts.Registrar;
import dev.sluice.parts.SluicePlugin;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.aggregation.FileLabels;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.dataset.MathShepherdShape;
import dev.sluice.stages.dataset.NemoGymShape;
import dev.sluice.stages.dataset.PreferenceShape;
import dev.sluice.stages.dataset.Prm800kShape;
import dev.sluice.stages.dataset.ProcessBenchShape;
import dev.sluice.stages.dataset.TrlShape;
import dev.sluice.stages.dataset.VerlShape;
import dev.sluice.stages.evaluation.AccuracySuite;
import dev.sluice.stages.evaluation.ConsensusSuite;
import dev.sluice.stages.evaluation.Evaluate;
import dev.sluice.stages.evaluation.FirstErrorSuite;
import dev.sluice.stages.evaluation.JudgeSuite;
import dev.sluice.stages.evaluation.LabelsSuite;
import dev.sluice.stages.evaluation.PreferencesSuite;
import dev.sluice.stages.evaluation.Suite;
import dev.sluice.stages.evaluation.suite.BestOfNSuite;
import dev.sluice.stages.evaluation.suite.CalibrationSuite;
import dev.sluice.stages.evaluation.suite.EquivalentGainSuite;
import dev.sluice.stages.evaluation.suite.NoiseRobustnessSuite;
import dev.sluice.stages.evaluation.suite.PassAtKSuite;
import dev.sluice.stages.evaluation.suite.ProcessBenchSuite;
import dev.sluice.stages.evaluation.suite.RewardBench2Suite;
import dev.sluice.stages.evaluation.suite.RewardBenchSuite;
import dev.sluice.stages.evaluation.suite.RewardGamingSuite;
import dev.sluice.stages.evaluation.suite.VerificationGapSuite;
import dev.sluice.stages.filtering.FilterProblems;
import dev.sluice.stages.policy.UpdatePolicy;
import dev.sluice.stages.reward.TrainReward;
import dev.sluice.stages.rubric.GenerateRubrics;
import dev.sluice.stages.selection.SelectSolutions;
import dev.sluice.stages.synthesis.ArithmeticSource;
import dev.sluice.stages.synthesis.FileSource;
import dev.sluice.stages.synthesis.ProblemSource;
import dev.sluice.stages.synthesis.SampleSolutions;
import dev.sluice.stages.synthesis.SynthesizeProblems;
import dev.sluice.stages.training.ExampleSource;
import dev.sluice.stages.training.FileExamples;
import dev.sluice.stages.training.FineTune;
import dev.sluice.stages.verification.VerifySolutions;

/** The program's own stage types, in the order of a chain, and their parts. */
public final class StagesPlugin implements SluicePlugin {
  @Override
  public void register(Registrar registrar) {
    stage(registrar, new SynthesizeProblems());
    stage(registrar, new FilterProblems());
    stage(registrar, new SampleSolutions());
    stage(registrar, new GenerateRubrics());
    stage(registrar, new VerifySolutions());
    stage(registrar, new AggregateStepLabels());
    stage(registrar, new SelectSolutions());
    stage(registrar, new FineTune());
    stage(registrar, new TrainReward());
    stage(registrar, new UpdatePolicy());
    stage(registrar, new Evaluate());

    registrar.part(ProblemSource.class, ArithmeticSource.class);
    registrar.part(ProblemSource.class, FileSource.class);
    registrar.part(ExampleSource.class, ExampleSource.Arithmetic.class);
    registrar.part(ExampleSource.class, FileExamples.class);
    registrar.part(LabelEstimator.class, FileLabels.class);

    registrar.part(DatasetShape.class, TrlShape.class);
    registrar.part(DatasetShape.class, Prm800kShape.class);
    registrar.part(DatasetShape.class, ProcessBenchShape.class);
    registrar.part(DatasetShape.class, MathShepherdShape.class);
    registrar.part(DatasetShape.class, VerlShape.class);
    registrar.part(DatasetShape.class, NemoGymShape.class);
    registrar.part(DatasetShape.class, PreferenceShape.class);

    registrar.part(Suite.class, AccuracySuite.class);
    registrar.part(Suite.class, FirstErrorSuite.class);
    registrar.part(Suite.class, JudgeSuite.class);
    registrar.part(Suite.class, ConsensusSuite.class);
    registrar.part(Suite.class, LabelsSuite.class);
    registrar.part(Suite.class, PreferencesSuite.class);
    registrar.part(Suite.class, ProcessBenchSuite.class);
    registrar.part(Suite.class, BestOfNSuite.class);
    registrar.part(Suite.class, PassAtKSuite.class);
    registrar.part(Suite.class, CalibrationSuite.class);
    registrar.part(Suite.class, VerificationGapSuite.class);
    registrar.part(Suite.class, NoiseRobustnessSuite.class);
    registrar.part(Suite.class, RewardGamingSuite.class);
    registrar.part(Suite.class, EquivalentGainSuite.class);
    registrar.part(Suite.class, RewardBenchSuite.class);
    registrar.part(Suite.class, RewardBench2Suite.class);
  }

  private static void stage(Registrar registrar, StageType<?> type) {
    registrar.service(StageType.class, type.name(), type);
  }
}
